"""How high a person sees, as numbers that compare. The markings themselves are in `records`."""

NOTHING = 0
OFFICIAL = 1
OFFICIAL_SENSITIVE = 2
