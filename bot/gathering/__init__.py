"""Articles from the web: pages that admins ask for, feeds that are followed. Off until `WEB` says otherwise.

Nothing here is imported where questions are answered: the libraries behind it take longer to load than an answer.
"""
