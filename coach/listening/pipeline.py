"""Loads the English pipeline that the project trained, with the coach's own components."""

from __future__ import annotations

from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokenizer import Tokenizer

from coach.errors import MissingModel
from coach.listening import clauses, cues, lemmas, questions
from coach.paths import models_dir

COMPONENTS = ("coach_clauses", "coach_questions", "coach_cues")
"""Added behind the trained parts, in this order."""

# Named so that importing this module is what registers the factories.
FACTORIES = (lemmas.make_lemmas, clauses.make_clauses, questions.make_questions, cues.make_cues)

_REMEDY = "Reinstall the coach, or train it again with: python -m coach.training.pipeline"


def _keep_runs_whole(nlp: Language) -> None:
    """Make one token of eight or more symbols in a row.

    The tokenizer cuts symbols off one by one and copies the rest each time, so that a page of
    question marks would take it a minute.
    """
    prefixes = [r"[^\w\s]{8,}", *(nlp.Defaults.prefixes or ())]
    if isinstance(nlp.tokenizer, Tokenizer):
        nlp.tokenizer.prefix_search = spacy.util.compile_prefix_regex(prefixes).search


def load_pipeline(path: Path | None = None) -> Language:
    """Load tagger, parser, lemmatizer and the coach's components.

    Args:
        path: folder of the trained pipeline; the one that ships with the coach by default.

    Raises:
        MissingModel: the folder is not there, or what it holds cannot be read.
    """
    folder = path if path is not None else models_dir() / "english"
    if not (folder / "config.cfg").is_file():
        raise MissingModel(f"The English pipeline is missing from {folder}. {_REMEDY}")
    try:
        nlp = spacy.load(folder)
        _keep_runs_whole(nlp)
        for name in COMPONENTS:
            nlp.add_pipe(name)
        # Damaged weights can load and fail only in use; one short text shows it here.
        nlp("Is it there?")
    # spaCy, thinc and msgpack raise whatever the damage leads to: ValueError, KeyError, OSError …
    except Exception as error:
        raise MissingModel(
            f"The English pipeline in {folder} cannot be read ({type(error).__name__}: "
            f"{str(error).splitlines()[0] if str(error) else 'no detail'}). {_REMEDY}"
        ) from error
    return nlp
