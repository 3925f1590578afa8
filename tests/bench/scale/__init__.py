"""How do speed, memory and reloads grow from 10,000 to 1,000,000 paragraphs, beside raw engines? Run as a program."""
