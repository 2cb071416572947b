"""Which words tell what somebody does by a sentence: verbs as stems, and what stands before and after them."""

from __future__ import annotations

#: What people do to things that run, as stems: each stands for all its tenses.
VERBS = frozenset({
    "restart", "reboot", "kill", "roll", "revert", "deploy", "redeploy", "push", "pull", "ship", "merge", "switch",
    "swap", "flip", "scale", "bump", "raise", "lower", "increase", "reduce", "double", "halve", "move", "shift",
    "drain", "block", "unblock", "disable", "enable", "turn", "stop", "start", "pause", "unpause", "resume",
    "purge", "flush", "clear", "clean", "delete", "remove", "drop", "add", "restore", "replace", "rebuild",
    "reindex", "reload", "reset", "recreate", "rotate", "renew", "revoke", "patch", "repair", "apply", "install",
    "upgrade", "downgrade", "pin", "point", "route", "reroute", "redirect", "retry", "rerun", "replay", "sync",
    "resync", "deny", "allow", "isolate", "unplug", "unlock", "plug", "resize", "throttle", "limit", "cap", "cancel",
    "suspend", "freeze", "tune", "evict", "bounce", "reimport", "republish", "alias", "mount", "unmount", "copy",
    "backfill", "cordon", "uncordon", "undo", "reissue", "reprocess", "requeue", "hotfix", "shut", "failover",
    "change", "rename", "update", "edit", "modify", "adjust", "correct",
})  # fmt: skip

#: The past of those that do not end in -ed, and what is said with "put", "take", "run" and the like.
IRREGULAR = frozenset({
    "put", "took", "taken", "ran", "rebuilt", "built", "brought", "set", "cut", "froze", "shut", "swung", "undid",
    "undone", "rewrote", "reset", "split", "gave", "went", "wrote",
})  # fmt: skip

#: End in -ing or -ed, and are nothing that somebody does to put something right.
NO_DEED = frozenset({
    "nothing", "something", "anything", "everything", "morning", "evening", "during", "according", "regarding",
    "including", "missing", "failing", "pending", "hanging", "spinning", "loading", "erroring", "crashing", "dying",
    "timing", "getting", "having", "being", "going", "coming", "seeing", "looking", "checking", "waiting",
    "thinking", "wondering", "hoping", "guessing", "assuming", "reading", "digging", "investigating", "watching",
    "monitoring", "testing", "asking", "talking", "calling", "king", "ring", "bring", "string", "thing", "spring",
    "sing", "wing", "interesting", "annoying", "confusing", "meeting", "building", "seed", "feed", "need", "indeed",
    "speed", "bed", "red", "led", "shed", "used", "based", "related", "affected", "delayed", "stuck", "failed",
    "crashed", "confirmed", "reproduced", "checked", "looked", "tested", "verified", "noticed", "observed",
    "agreed", "expired", "broken", "degraded", "wanted", "needed", "seemed", "happened", "worked", "reported",
    "thanked", "asked", "helped", "died", "resolved", "closed", "recovered", "mitigated", "acked", "acknowledged",
    "joined", "paged", "escalated", "declared", "finished", "completed", "solved", "fixed", "received", "detected",
    "triggered", "exhausted", "hundred", "supposed", "expected", "tired", "exposed", "leaked", "compared",
    "escalating", "paging", "declaring", "closing", "resolving", "running", "joining", "ending", "draining",
    "growing", "dropping", "falling", "rising", "climbing", "recovering", "processing", "flowing", "working",
    "losing", "flapping", "shipping",
})  # fmt: skip

#: Before the verb, and not the subject.
OPENERS = frozenset({
    "ok", "okay", "k", "right", "so", "yes", "yep", "yeah", "yup", "ja", "hi", "hey", "hello", "ah", "oh", "hm",
    "hmm", "hmmm", "well", "and", "but", "then", "also", "btw", "fyi", "update", "alright", "now", "just",
    "already", "again", "actually", "still", "done", "anyway", "fine", "sure", "please", "pls", "plz", "lol", "no",
    "nope", "quickly", "manually", "quick", "meanwhile", "next", "first", "finally", "i'm", "im", "i", "i've",
    "ive", "i'll", "we", "we've", "we're", "have", "am", "are",
})  # fmt: skip

FIRST_PERSON = frozenset({
    "i", "i'm", "im", "i've", "ive", "i'll", "ill", "we", "we're", "we've", "we'll", "let", "lemme",
})  # fmt: skip

AUXILIARIES = frozenset({
    "is", "are", "was", "were", "been", "being", "be", "has", "have", "had", "got", "gets", "get", "now", "just",
    "also", "all", "all's",
})  # fmt: skip

#: What may follow a command.
OBJECTS = frozenset({
    "it", "this", "that", "them", "the", "a", "an", "all", "half", "both", "to", "back", "out", "off", "on", "over",
    "up", "down", "everything", "our", "those", "these", "one", "node", "into", "from", "in", "only", "just", "and",
})  # fmt: skip

#: "first reset mail in my inbox": said of a thing as well.
SAME_IN_THE_PAST = frozenset({"reset", "cut", "set", "put", "shut", "split"})

HOW_IT_WENT = frozenset({
    "ok", "okay", "done", "fine", "works", "worked", "runs", "running", "up", "green", "failed", "fails", "good",
    "through", "complete", "live",
})  # fmt: skip

THINGS_PAST = frozenset({"it", "that", "this", "which", "they", "he", "she", "someone", "somebody"})
