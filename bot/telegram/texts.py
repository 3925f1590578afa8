"""What the bot says of itself."""

from typing import Final

START: Final = """\
I answer questions with passages of news articles, word for word, each with its publisher, its date and a link to the \
very sentence. I never write an answer of my own: where the articles hold none, I say so.

Just write your question. In a group, use /ask and the question.
/sources lists the articles, /help says more, /privacy says what is kept."""

HELP: Final = """\
Write a question, or /ask and a question, and I search {articles} articles for the paragraphs that fit best.

• Words in bold are those that match yours.
• Below each quote stand its publisher and date: outlets contradict each other, so look at who says it and when.
• The link opens the article at the quoted sentence, in browsers that can.
• “may not answer this” means that only part of your question was found.

/ask – ask a question
/sources – the articles that I quote from
/privacy – what is kept about you, and how to have it deleted"""

PRIVACY: Final = """\
What is kept: the text of your question, when it was asked, whether in a private chat or a group, the language, and \
the passages shown. It shows the editors what people ask and what the articles lack.

Your name, user name, number and Telegram id are not kept. In place of your id stands a keyed hash, from which it \
cannot be computed without the operator's key. Other messages in groups are neither answered nor kept.

Until your message is answered it is kept as Telegram hands it over, with your name and id, so that it is not lost if \
this program is stopped; after that only its number is, for a day. What I could not handle is kept aside for a week, \
for the operator to look at.

To have your questions deleted, ask whoever runs this bot; they can find them by your hash."""

ASK_WHAT: Final = "Write the question behind the command, like this: /ask Who brokered the ceasefire?"
TEXT_ONLY: Final = "I can read text only. Please write your question."
UNKNOWN_COMMAND: Final = "I do not know this command. /help lists those that I know."
FAILED: Final = "Something went wrong on my side. Please ask again in a moment."
UNSURE: Final = "My answer may not have arrived. If it does not stand above, please ask again."
TOO_MANY: Final = (
    "You wrote faster than I can answer. I answered the {limit} messages that waited; what came after them I did not "
    "take. Please ask it again."
)
LATE: Final = "You asked this on {day} at {time} UTC; I could not answer before."
NOT_ADMIN: Final = "That is for this bot's admins, in a private chat with it."

NOT_LOGGED: Final = "Questions are NOT logged: {reason}. Answers go on; {waiting} wait until it works again."
FORWARDED: Final = "I take no commands from forwarded messages: write it yourself."

ADMIN_HELP: Final = """\
For admins, in this chat:
/corpus – what serves, and the last reloads
/reload – load what the folders hold now
/rollback – let the version before serve again
/add – an address: look at a web page and add it
/status – whether questions are logged
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
ALARM: Final = "Something went wrong in the bot:"
ALARM_END: Final = "The program's log says more. Of errors of one kind I tell at most once an hour."

COMMANDS: Final = (
    ("ask", "Ask a question"),
    ("sources", "The articles that I quote from"),
    ("help", "How to ask and how to read an answer"),
    ("privacy", "What is kept about you"),
)

ADMIN_COMMANDS: Final = (
    ("corpus", "What serves, and the last reloads"),
    ("reload", "Load what the folders hold now"),
    ("rollback", "Let the version before serve again"),
    ("add", "Add a web page"),
    ("status", "Whether questions are logged"),
)
