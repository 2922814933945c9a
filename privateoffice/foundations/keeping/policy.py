"""Who keeps the house: its administrator, and the machine by itself."""

from privateoffice.foundations.offices.roles import Role

ROLES = {
    "keeping.back_up": (Role.ADMINISTRATOR,),
    "keeping.try_backup": (Role.ADMINISTRATOR,),
    "keeping.restore": (Role.ADMINISTRATOR,),
    "keeping.mend": (Role.ADMINISTRATOR,),
    "keeping.move_files": (Role.ADMINISTRATOR,),
    "keeping.note_damage": (Role.ADMINISTRATOR,),
}

PHRASES = {
    "keeping.back_up": "made a backup of {rows} rows and {files} files, sealed {seal}",
    "keeping.try_backup": "restored the backup of {made_at} in an empty place and found it equal",
    "keeping.restore": "restored this house from the backup of {made_at}",
    "keeping.mend": "put back {count} files from a backup",
    "keeping.move_files": "moved {count} kept files to another store and proved each",
    "keeping.note_damage": "found {count} kept files missing or altered",
}
