"""Who in a text is a person, a team or a supplier, and who may be one by name?"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection

from bot.patterns import Found, pattern

#: What people are called for their work.
ROLE = (
    r"(?:engineers?|developers?|devs?|programmers?|coders?|sres?|dbas?|(?:sys|db)?admins?|administrators?|operators?"
    r"|on-?call(?:er)?|on call|responders?|contractors?|consultants?|freelancers?|interns?|trainees?|apprentices?"
    r"|newcomers?|new joiners?|juniors?|seniors?|reviewers?|approvers?|authors?|maintainers?|committers?|testers?"
    r"|(?:scrum )?masters?|product owners?|managers?|leads?|leaders?|supervisors?|directors?|boss(?:es)?|vendors?"
    r"|suppliers?|subcontractors?|agenc(?:y|ies)|partners?|support agents?|dispatchers?|colleagues?|co-?workers?"
    r"|team ?mates?|persons?|people|individuals?|guys?|girls?|man|woman|men|women|folks|lads?|dudes?|hires?"
    r"|employees?|staff|personnel|crews?|squads?|departments?|management|leadership|commanders?|(?:hosting |cloud "
    r"|consulting |software |telco )?compan(?:y|ies)|hoster|integrators?|analysts?|technicians?|architects?"
    r"|designers?|annotators?|labell?ers?|researchers?|(?:data )?scientists?|cto|ceo|cio|vp|qa|devops|ops|sales"
    r"|marketing|finance|procurement|hr|human resources|legal|compliance|service ?desk|help ?desk|(?:day|night|early"
    r"|late|weekend|previous|last|morning|evening) shift|moderators?|(?:model|prompt|service|system|data|code"
    r"|process) owners?|experts?|specialists?|coordinators?|clerks?|translators?|writers?|auditors?|callers?"
    r"|accountants?|accounting|editors?|electricians?|plumbers?|builders?|cleaners?|facilit(?:y|ies)|traders?"
    r"|team ?[a-z0-9]?|teams)"
)
#: Departments that share their name with a system; a person only where a verb is one of people.
DEPARTMENT = (
    r"(?:customer (?:success|care|service)|support|product|security|platform|infra|infrastructure|network|networking"
    r"|operations|dev|data)"
)
#: Where somebody sits, and "who", between the person and what they did.
_PLACED = (
    r"(?:,? (?:on|from|in|at|of|with) (?:(?:the|our|that|a|my|their|his|her) )?[\w&-]+(?: (?:team|shift|side|squad"
    r"|department|desk|office|rotation))?)?(?:,? (?:who|that)(?: \S+){0,5}?)?"
)
_ONE = r"(?:he|she|they|i|you|someone|somebody|anyone|one of (?:us|them|you)|whoever|everyone on (?:that|the) team)"
#: Somebody, as the subject of what follows.
SOMEBODY = rf"(?:<@[^<>]+>|@[\w.-]+|\b{_ONE}|\b{ROLE}|\bwhoever(?: \S+){{1,6}}?)" + _PLACED
#: Somebody, as the end of "caused by", "blame" or "because of".
SOMEONE = rf"(?:<@[^<>]+>|@[\w.-]+|\b{ROLE}\b|\b(?:him|her|them|us|me|someone|somebody|you)\b)"
#: What may stand before a person: "our new", "the responsible", "a junior platform".
LED = r"(?:the |our |an? |that |this |some |their |my |one of (?:the|our) )?(?:[\w-]+ ){0,2}?"
#: Words between a person and a verb.
ADVERBS = (
    r"(?:,? (?:just|then|also|simply|again|completely|totally|really|probably|apparently|once|had|has|have|'d"
    r"|obviously|clearly|even|still|all|both|only|already|always|simply|either|never even|so))*"
)
#: A word that may be a name; `is_name` decides. With regard to case.
NAME = r"(?P<name>\p{Lu}\p{Ll}+(?:[ -]\p{Lu}\p{Ll}+)?)"
#: Suppliers that are blamed by name.
SUPPLIER = (
    r"\b(?:aws|amazon|azure|microsoft|google|gcp|cloudflare|fastly|akamai|stripe|paypal|adyen|twilio|github|gitlab"
    r"|datadog|pagerduty|slack|openai|anthropic|oracle|ibm|salesforce|heroku|okta|auth0|snowflake|(?:the"
    r"|our) (?:[\w-]+ ){0,2}?(?:provider|host|hoster|registrar|vendor|supplier|partner|reseller|bank|carrier|isp"
    r"|agency)|the bank|the carrier|the isp|our isp)"
)

#: What countries, regions and cities are called.
PLACE = (
    r"canada|germany|france|spain|italy|india|china|japan|europe|asia|america|africa|london|paris|berlin|"
    r"frankfurt|dublin|ireland|singapore|sydney|tokyo|oregon|virginia|ohio|mumbai"
)
#: What programs, services and libraries are called.
SYSTEM = (
    r"redis|kafka|postgres|postgresql|mysql|mariadb|mongo|mongodb|nginx|envoy|istio|linkerd|kubernetes|docker|"
    r"helm|terraform|ansible|puppet|chef|traefik|kong|haproxy|varnish|karpenter|keda|calico|cilium|coredns|"
    r"fluentd|loki|jenkins|github|gitlab|bitbucket|argo|spinnaker|flux|aws|azure|google|amazon|cloudflare|"
    r"fastly|akamai|stripe|paypal|adyen|twilio|openai|anthropic|claude|gemini|llama|mistral|langchain|"
    r"pinecone|weaviate|microsoft|slack|datadog|grafana|prometheus|pagerduty|opsgenie|sentry|splunk|elastic|"
    r"elasticsearch|kibana|rabbit|celery|sidekiq|cassandra|clickhouse|pulsar|nats|memcached|hazelcast|vitess|"
    r"spanner|bigtable|bigquery|redshift|vault|consul|nomad|etcd|zookeeper|hadoop|spark|flink|airflow|dagster|"
    r"snowflake|databricks|heroku|vercel|netlify|linux|windows|ubuntu|chrome|safari|firefox|android|ios|java|"
    r"python|ruby|rails|django|react|node|php|golang|rust|oracle|jira|confluence|apple|okta|keycloak|"
    r"salesforce|zendesk|hubspot|shopify|magento|sap|systemd|cron|lambda|aurora|dynamo|fargate|route|"
    r"cloudfront|eventbridge|kinesis|renovate|dependabot|argocd|kubelet|pulumi|tofu"
)
#: Capitalised words that are no names of people: how sentences begin, and what places and systems are called.
_NO_NAME = pattern(
    rf"(?:{PLACE}|{SYSTEM}|"
    r"the|this|that|these|those|it|its|we|our|a|an|he|she|they|you|i|if|when|while|after|before|because|since|"
    r"then|there|here|what|which|who|where|how|why|and|but|or|so|as|no|nobody|none|nothing|everyone|everybody|"
    r"everything|all|both|each|some|many|most|few|several|one|two|three|another|any|someone|somebody|people|"
    r"never|also|only|just|still|once|later|earlier|today|yesterday|maybe|probably|apparently|in|on|at|by|for|"
    r"from|with|to|of|not|first|second|third|last|next|new|old|my|your|his|her|their|at|during|until|yes|ok|"
    r"okay|sorry|cause|root|reason|human|error|errors|people|person|someone|should|could|would|had|have|has|"
    r"did|does|do|was|within|upon|given|due|despite|although|though|under|over|between|around|about|without|"
    r"against|per|via|like|instead|finally|eventually|initially|meanwhile|however|therefore|thus|additionally|"
    r"afterwards|soon|now|more|less|every|good|great|bad|better|best|worst|thanks|please|note|update|summary|"
    r"impact|resolution|mitigation|status|issue|engineer|engineering|team|system|systems|support|operations|"
    r"ops|product|platform|security|infra|data|production|prod|staging"
    r"|"
    r"english|german|french|spanish|internet"
    r"|"
    r"deploy|deploys|release|releases|rollback|rollout|migration|latency|traffic|checkout|login|payment|"
    r"payments|cache|caches|queue|queues|database|server|servers|service|services|worker|workers|job|jobs|"
    r"script|scripts|config|update|updates|upgrade|patch|change|changes|query|queries|index|lock|locks|pool|"
    r"disk|disks|memory|network|dns|proxy|gateway|router|switch|cluster|pod|pods|container|image|build|builds|"
    r"pipeline|test|tests|alert|alerts|monitor|monitors|page|pages|dashboard|graph|log|logs|code|commit|"
    r"branch|merge|user|users|customer|customers|client|clients|backup|backups|restore|failover|replica|"
    r"replicas|primary|shard|shards|certificate|certificates|cert|certs|token|tokens|secret|secrets|key|keys|"
    r"flag|flags|feature|features|model|models|prompt|prompts|agent|agents|assistant|classifier|guardrail|"
    r"guardrails|embedding|retriever|dataset|request|requests|response|responses|thread|threads|process|"
    r"processes|leader|follower|producer|consumer|broker|brokers|parser|compiler|kernel|driver|firmware|"
    r"firewall|library|package|dependency|schema|table|tables|row|rows|column|trigger|webhook|webhooks|"
    r"session|sessions|region|zone|zones|tenant|tenants|api|apis|app|apps|autoscaler|scheduler|loadbalancer|"
    r"balancer|importer|exporter|bot|cronjob|version|retry|retries|timeout|timeouts|garbage|heap|load|power|"
    r"fire|water|storm|fiber|fibre|cable|root|bug|bugs|fix|hotfix|typo|outage|incident|failure|failures|"
    r"maintenance|access|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|"
    r"april|may|june|july|august|september|october|november|december|sla|slo|cpu|ram|\w+(?:tion|tions|ment|"
    r"ments|ing|ency|ance|ity|ness|ware|base|ql|db|js|ers|ics|ure|ism|ality|tics|mesh|ctl)"
    r")"
)


#: How a line of a log begins: "Merged the fix and deployed", "Roughly half".
_PAST = pattern(r"[a-z]+(?:ed|ly)")
_NAME_ALL_THE_SAME = pattern(
    r"(?:ahmed|achmed|mohamm?ed|muhamm?ed|hamed|khaled|khalid|saeed|sayed|waleed|majed|rashed|zayed|javed|naveed"
    r"|fred|alfred|wilfred|manfred|siegfried|jared|ned|ted|ed|reed|creed|jed|winfred|mildred|emily|kelly|sally|molly"
    r"|lily|billy|polly|holly|carly|kimberly|beverly|shelly|willy|elly|ally)"
)


def is_name(found: Found) -> bool:
    """Whether the words that were found as `name` can be those of a person."""
    name = found.group("name") or ""
    return not any(
        _NO_NAME.fullmatch(word) or (_PAST.fullmatch(word) and not _NAME_ALL_THE_SAME.fullmatch(word))
        for word in name.replace("-", " ").split()
    )


#: First names that are everyday words too: in small letters they stay what they are.
_A_WORD_TOO = pattern(
    r"(?:will|mark|may|bill|grant|rob|sue|pat|art|hope|faith|grace|joy|june|april|august|chase|dean|drew|frank"
    r"|gene|jack|lance|miles|nick|page|pierce|ray|rich|rose|sky|skip|trace|ward|wade|chip|case|max|min|dash"
    r"|bot|app|dev|ops|prod|support|test|on|call|user|me|us|it|team|data)"
)
_WORD = pattern(r"[\pL][\pL'-]*")
_OWNER = pattern(r"'s?$")


#: Letters that are no letter with a mark.
_PLAIN_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})


def _plainly(word: str) -> str:
    """A word in small letters without the marks of its letters."""
    letters = unicodedata.normalize("NFKD", word.translate(_PLAIN_LETTERS))
    return "".join(each for each in letters if not unicodedata.combining(each))


def first_names(names: Collection[str]) -> frozenset[str]:
    """What people of these names are called in small letters, also as typed in a hurry: "lukasz" for "Łukasz".

    What is an everyday word too is left out.
    """
    words = {word.casefold() for name in names for word in name.replace(".", " ").split()[:2]}
    words |= {_plainly(word) for word in words}
    return frozenset(w for w in words if len(w) > 1 and w.isalpha() and _A_WORD_TOO.fullmatch(w) is None)


def with_capitals(text: str, names: Collection[str]) -> str:
    """The text with each of these names written as names are, of the same length, so that places stay the same."""
    known = first_names(names)
    if not known:
        return text

    def capital(found: Found) -> str:
        word = found.group() or ""
        title = word[:1].upper() + word[1:].lower()
        return title if _OWNER.sub("", word).casefold() in known and len(title) == len(word) else word

    return _WORD.sub(capital, text)
