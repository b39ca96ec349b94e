"""UniMorph feature bundles (SIGMORPHON 2019) in the terms of Universal Dependencies."""

from __future__ import annotations

from kg.train.sentence import UNKNOWN

__all__ = ["universal_feats", "universal_pos"]

FEATS = {
    "SG": "Number=Sing",
    "PL": "Number=Plur",
    "NOM": "Case=Nom",
    "ACC": "Case=Acc",
    "DAT": "Case=Dat",
    "GEN": "Case=Gen",
    "MASC": "Gender=Masc",
    "FEM": "Gender=Fem",
    "NEUT": "Gender=Neut",
    "1": "Person=1",
    "2": "Person=2",
    "3": "Person=3",
    "PST": "Tense=Past",
    "PRS": "Tense=Pres",
    "IND": "Mood=Ind",
    "SBJV": "Mood=Sub",
    "IMP": "Mood=Imp",
    "FIN": "VerbForm=Fin",
    "NFIN": "VerbForm=Inf",
    "V.PTCP": "VerbForm=Part",
    "DEF": "Definite=Def",
    "INDF": "Definite=Ind",
    "CMPR": "Degree=Cmp",
    "SPRL": "Degree=Sup",
}
POS = {
    "N": "NOUN",
    "PROPN": "PROPN",
    "ADJ": "ADJ",
    "ADV": "ADV",
    "ADP": "ADP",
    "DET": "DET",
    "PRO": "PRON",
    "NUM": "NUM",
    "V": "VERB",
}
# Verbs that are auxiliaries in some uses: the bundle does not tell which.
AUXILIARIES = frozenset(("sein", "haben", "werden", "können", "müssen", "sollen", "wollen", "dürfen", "mögen"))


def universal_feats(bundle: str) -> str:
    """``N;FEM;SG;NOM`` → ``Case=Nom|Gender=Fem|Number=Sing``."""
    return "|".join(sorted(FEATS[part] for part in bundle.split(";") if part in FEATS))


def universal_pos(bundle: str, lemma: str) -> str:
    """The UPOS tag that a bundle stands for, or UNKNOWN."""
    parts = bundle.split(";")
    if "V" in parts and lemma in AUXILIARIES:
        return UNKNOWN
    found = [POS[part] for part in parts if part in POS]
    return found[0] if len(found) == 1 else UNKNOWN
