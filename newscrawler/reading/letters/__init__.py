"""Which letters a page means: what was garbled on its way put right, Vietnamese codes from before Unicode converted."""
