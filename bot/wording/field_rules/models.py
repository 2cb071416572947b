"""Which words name a model, its data, and what was changed around it, from which version to which?"""

from __future__ import annotations

from bot.wording.field_rules.rule import LINK, VERSION, rule

#: What names of models are made of.
_MODELS_WORD = (
    r"models?|scor(?:e|es|er|ing)|rank(?:er|ing)?|classif(?:y|ier)|recommend(?:er|ations?)?|recs|regressor|detect(?:or|ion)"
    r"|forecast(?:er|ing)?|predict(?:or|ions?)?|embed(?:der|dings?)?|rerank(?:er)?|llm|xgb(?:oost)?|bert"
)
_FAMILY = r"gpt|claude|llama|mistral|mixtral|gemini|gemma|qwen|deepseek"

MODELS = (
    rule(
        "model.name",
        r"\b(?:model|classifier|recommender|ranker|ranking|regressor|detector|forecast\w*|embedding model"
        r"|scorer|network)\b"
        # "fraud-score 2026.11.2": a name with a model's word in it, and a version. "checkout-api 2.4.1" is a service.
        rf"|\b(?:[\pL\d]+[-_])*(?:{_MODELS_WORD}|{_FAMILY})(?:[-_][\pL\d]+)* v?\d+(?:\.\d+)+"
        rf"|\b(?:{_FAMILY})[-_ ]?v?\d",
        words=("model", "model name"),
    ),
    rule(
        "model.version",
        r"\b(?:v\d[\w.-]*|version [\w.-]*\d[\w.-]*|[\pL]+[-_]v?\d[\w.-]*|checkpoint|tag [\w.-]+|\d+\.\d+\.\d+"
        r"|\d{4}-\d{2}-\d{2})\b",
        words=("version", "model version"),
    ),
    rule(
        "model.data",
        r"\b(?:trained|retrained|fine-?tuned|data|dataset|data set|features?|labels?|samples?|feed"
        r"|training set|logs of)\b",
        words=("data", "training data", "trained on"),
        but=(r"\bdata (?:loss|lost)\b"),
    ),
    rule(
        "change.kind",
        r"\b(?:(?:system )?prompt|instructions?|model|context|routing|router|retrieval|index|embeddings?|tools?"
        r"|function call\w*"
        r"|guardrails?|filters?|temperature|template)\b",
        words=("change", "changed", "what changed"),
        # What nobody did beside it is no change.
        but=r"\b(?:nobody|no one|no-one|never|without|not|\pL+n't) (?:\S+ ){0,3}?"
        r"(?:review|test|check|look|notic|ask|read|compar|evaluat|approv)\w*",
    ),
    rule(
        "change.before",
        r"\b(?:before|previous(?:ly)?|old|until then)\b.*\d",
        words=("before", "version before", "old"),
        shape=VERSION,
    ),
    rule(
        "change.after",
        r"\b(?:after(?:wards)?|since|new|now)\b.*\d",
        words=("after", "version after", "new"),
        shape=VERSION,
    ),
    rule(
        "change.retrieval",
        r"\b(?:top[- _]?k|retriev\w+|embeddings?|index(?:es)?|chunk\w*|rerank\w*|vector|rag)\b",
        words=("retrieval",),
    ),
    rule(
        "change.traces",
        rf"{LINK}|\btraces?\b.{{0,30}}\b(?:kept|none|no|[\w-]*\d[\w-]*)\b|\bno traces?\b",
        words=("traces", "trace"),
    ),
)
