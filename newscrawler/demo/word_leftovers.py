"""The conditional comments that Word leaves before the first word of a pasted text."""

from __future__ import annotations

_STYLES = (
    "Normal", "heading 1", "heading 2", "heading 3", "toc 1", "toc 2", "caption", "Title", "Subtitle", "Strong",
    "Emphasis", "Table Grid", "No Spacing", "Light Shading", "Light List", "Light Grid", "Medium Shading 1",
    "Medium Shading 2", "Medium List 1", "Medium List 2", "Medium Grid 1", "Medium Grid 2", "Dark List",
    "Colorful Shading", "Colorful List", "Colorful Grid", "List Paragraph", "Quote", "Intense Quote", "Bibliography",
)  # fmt: skip

_DOCUMENT = """<!--[if gte mso 9]><xml>
 <w:WordDocument>
  <w:View>Normal</w:View>
  <w:Zoom>0</w:Zoom>
  <w:TrackMoves/>
  <w:ValidateAgainstSchemas/>
  <w:SaveIfXMLInvalid>false</w:SaveIfXMLInvalid>
  <w:IgnoreMixedContent>false</w:IgnoreMixedContent>
  <w:AlwaysShowPlaceholderText>false</w:AlwaysShowPlaceholderText>
  <w:LidThemeOther>EN-US</w:LidThemeOther>
  <w:LidThemeAsian>X-NONE</w:LidThemeAsian>
  <w:LidThemeComplexScript>X-NONE</w:LidThemeComplexScript>
  <w:BrowserLevel>MicrosoftInternetExplorer4</w:BrowserLevel>
 </w:WordDocument>
</xml><![endif]-->"""

_TABLE_STYLE = """<!--[if gte mso 10]>
<style>
 /* Style Definitions */
 table.MsoNormalTable
	{mso-style-name:"Table Normal"; mso-tstyle-rowband-size:0; mso-style-priority:99;
	mso-padding-alt:0in 5.4pt 0in 5.4pt; mso-para-margin:0in; font-size:11.0pt; font-family:"Calibri","sans-serif";}
</style>
<![endif]-->"""


def word_leftovers() -> str:
    """Several kB of comments that no reader shows, but a naive tag stripper does."""
    exceptions = "\n".join(
        f'  <w:LsdException Locked="false" Priority="{priority}" SemiHidden="false" Name="{name}"/>'
        for priority, name in enumerate(_STYLES)
    )
    latent = f"""<!--[if gte mso 9]><xml>
 <w:LatentStyles DefLockedState="false" DefUnhideWhenUsed="true" LatentStyleCount="267">
{exceptions}
 </w:LatentStyles>
</xml><![endif]-->"""
    return _DOCUMENT + latent + _TABLE_STYLE
