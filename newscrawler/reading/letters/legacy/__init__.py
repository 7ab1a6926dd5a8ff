"""Vietnamese codes from before Unicode: TCVN3 (ABC), TCVN 5712-1, VNI, VPS and VISCII. Converted only on evidence; the
page as it came is in the archive."""
