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
cannot be computed without the operator's key. Other messages in groups are neither read nor kept.

To have your questions deleted, ask whoever runs this bot; they can find them by your hash."""

ASK_WHAT: Final = "Write the question behind the command, like this: /ask Who brokered the ceasefire?"
TEXT_ONLY: Final = "I can read text only. Please write your question."
UNKNOWN_COMMAND: Final = "I do not know this command. /help lists those that I know."
FAILED: Final = "Something went wrong on my side. Please ask again in a moment."
NOT_ADMIN: Final = "/status is for this bot's admins, in a private chat with it."

COMMANDS: Final = (
    ("ask", "Ask a question"),
    ("sources", "The articles that I quote from"),
    ("help", "How to ask and how to read an answer"),
    ("privacy", "What is kept about you"),
)
