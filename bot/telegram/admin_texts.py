"""What the bot says to its admins, in English only."""

from typing import Final

NOT_LOGGED: Final = "Questions are NOT logged: {reason}. Answers go on; {waiting} wait until it works again."
FORWARDED: Final = "I take no commands from forwarded messages: write it yourself."

ADMIN_HELP: Final = """\
For admins, in this chat:
/corpus – what serves, and the last reloads
/reload – load what the folders hold now
/rollback – let the version before serve again
/add – an address: look at a web page and add it
/status – whether questions are logged
/stats – how much is asked and how well it is answered; /stats 7 for a week
/unanswered – what the articles do not answer, and what people wish for
/logs – the questions as a file for spreadsheet programs
A file that you send here is added to the articles."""

HELD_BY_ITSELF: Final = "The articles have changed, and nobody has asked for a reload."
RELOADING: Final = "Reloading."
NOTHING_CHANGED: Final = "Nothing has changed: {reason}"
STOPPING: Final = "the bot is being stopped."
ADMIN_FAILED: Final = "Something went wrong on my side; what served before still serves. The program's log says more."
UNDO_ROLLBACK: Final = "/rollback once more undoes that; /reload loads what the folders hold."
UNDO_RELOAD: Final = "/rollback brings the version before it back."
BUTTON_UNKNOWN: Final = "I do not know this button any more. Please begin anew."
DECIDED: Final = "That is decided already."
SERVES_ALREADY: Final = "Version {version} serves already."
VERSION_GONE: Final = "Version {version} is gone: the folders hold something else by now."
DISCARDED: Final = (
    "Version {version} is left. The folders still hold what it was made of: change that, or the next reload finds it "
    "again."
)
FILE_TOO_LARGE: Final = "{name} has {size}; I can fetch files of at most 20 MB. Put it into the folder instead."
FILE_FETCHING: Final = "Fetching {name}."
FILE_NOT_FETCHED: Final = "{name} could not be fetched: {reason}. Please send it again."
FILE_ADDED: Final = "{name} is added."
FILE_WAITS: Final = "{name} is not added yet."
FILE_KEPT: Final = "{name} is kept, but not all of it was taken."
FILE_DISCARDED: Final = "{name} is removed again."
FILE_STAYS: Final = "{name} stays: another reload has loaded it since. /rollback brings the version before it back."
ADD_WHAT: Final = "Write the address behind the command, like this: /add https://example.org/article"
ADD_FETCHING: Final = "Looking at the page."
ADD_REFUSED: Final = "I cannot add this page: {reason}"
PREVIEW_GONE: Final = "I no longer have that page. Send /add and its address again."
PREVIEW_DROPPED: Final = "The page is not added."
DAYS_WRONG: Final = "Write a number of days behind the command, from 1 to {most}, like this: /{command} 7"
LOG_UNREADABLE: Final = "The log of questions cannot be read: {reason}"
NOTHING_ASKED: Final = "Nothing was asked {period}."
ALL_ANSWERED: Final = "Everything that was asked {period} was answered, and nobody disliked an answer."
PICTURE_MISSING: Final = "The picture could not be drawn; the program's log says more."
FILE_NOT_SENT: Final = "The file could not be sent: {reason}. Please ask for it again, or for fewer days."
LOGS_WHOLE: Final = "Questions {period}: {count}."
LOGS_CUT: Final = "The first {count} questions {period}: more do not fit into a file of 50 MB. Ask for fewer days."
UNANSWERED: Final = "Not answered well {period}:"
UNANSWERED_MORE: Final = "… more than fits here; `python -m bot unanswered` lists all."
ALARM: Final = "Something went wrong in the bot:"
ALARM_END: Final = "The program's log says more. Of errors of one kind I tell at most once an hour."

ADMIN_COMMANDS: Final = (
    ("corpus", "What serves, and the last reloads"),
    ("reload", "Load what the folders hold now"),
    ("rollback", "Let the version before serve again"),
    ("add", "Add a web page"),
    ("status", "Whether questions are logged"),
    ("stats", "How much is asked, how well it is answered"),
    ("unanswered", "What the articles do not answer"),
    ("logs", "The questions as a file"),
)
