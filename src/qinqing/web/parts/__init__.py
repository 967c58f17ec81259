"""The parts pages are made of, by what they show; `templatetags.parts` gives them to every template."""
