"""English rules of the body: health, military service, appearance."""

from __future__ import annotations

from typing import Final

from central.language.screen.english.words import ARE, DO, YOU
from central.language.screen.rules import Rules

RULES: Final = {
    "health": Rules(
        asked=(
            (
                rf"\b(?:{DO}|{ARE}) (?:[a-z]+ ){{0,4}}(?:disabilit\w+|disabled|handicap\w*|"
                r"impairments?|medical (?:conditions?|problems?|issues?|history|"
                r"restrictions?)|health (?:conditions?|problems?|issues?|concerns?)|"
                r"mental (?:health|illness|disorder)\w*|illness\w*|diseases?|chronic|"
                r"diabetes|diabetic|cancer|hiv|aids|epilep\w+|asthma|allerg\w+|depress\w+|"
                r"anxiety|bipolar|adhd|autis\w+|dyslexi\w+|back (?:pain|problems?|injury)|"
                r"heart (?:condition|disease|problems?)|high blood pressure|hearing loss|"
                r"colou?r ?blind|in good health|healthy|physically fit|sick often|"
                r"often sick|ptsd|panic attacks|genetic|injur\w+|in a wheelchair|deaf|blind|"
                r"surgery|therapy|a therapist|psychiatrist|vaccinat\w+|covid|addict\w*|"
                r"an alcoholic|in recovery|drug problem|ill|unwell)\b"
            ),
            (
                r"\b(?:your|ur) (?:\w+ )?(?:health|disabilit\w+|medical (?:history|records?|"
                r"conditions?)|medications?|illness|blood (?:type|pressure|group)|"
                r"mental (?:health|state|illness)|doctor|physical condition|diagnosis|"
                r"diagnoses|wheelchair|limp|eyesight|hearing|sick (?:days|leave)|genetic\w*|"
                r"vaccination status|prescriptions?|therapist|depression|anxiety|"
                r"family medical history)\b(?! (?:checks?|app|service|care|team|"
                r"insurance product))"
            ),
            r"\bwhat (?:medic\w+|drugs|prescriptions?|pills)\b",
            (
                r"\b(?:take|taking|on) (?:any |some |regular )?(?:medications?|medicines?|"
                r"prescription (?:drugs|medication)|antidepressants|pills|painkillers|"
                r"drugs)\b"
            ),
            r"\b(?:sick|medical) (?:days?|leave)\b[a-z ]{0,20}\b(?:you|last year)\b",
            (
                r"\bhow (?:many|often|much)\b[a-z ]{0,20}\b(?:sick|ill|hospital|off sick|"
                r"doctor|cigarettes|drink alcohol|alcohol)\b"
            ),
            (
                rf"{YOU}\b[a-z ]{{0,30}}\b(?:been|get|being|got) (?:\w+ )?(?:hospitali[sz]ed|"
                r"treated for|diagnosed|operated|admitted to|institutionali[sz]ed|"
                r"seriously ill|in rehab|in therapy|to rehab|to a psychiatrist)\b"
            ),
            r"\bworkers'? comp(?:ensation)?\b",
            (
                r"\b(?:do|did) (?:you|u) (?:\w+ )?(?:smoke|drink alcohol|vape|drink (?:much|"
                r"a lot)|see a (?:therapist|psychiatrist|doctor|psychologist))\b"
            ),
            r"\b(?:are you|r u) a smoker|\bfamily (?:history of|medical history)",
            r"\bhow (?:is|are|'s) (?:your|ur) (?:\w+ )?health",
            r"\bwhat happened to your (?:leg|arm|hand|eye|face|back)",
            r"\bdid you lose (?:your|an) (?:leg|arm|eye)",
            r"\bhow did you (?:become|get) (?:disabled|injured|hurt)",
            r"\bwith your (?:condition|disability|illness)|\bhow severe is your",
        ),
        named=(
            (
                r"\b(?:disab\w+|handicap\w*|illness\w*|disease|diagnos\w+|medical|"
                r"medicat\w+|medicines?|psychiatr\w+|therap\w+|depress\w+|anxiety|surgery|"
                r"hospital\w*|doctor|cancer|diabet\w+|hiv|aids|epilep\w+|asthma|allerg\w+|"
                r"injur\w+|your back|bad back|back pain|wheelchair|hearing aid|limp|"
                r"blood type|blood pressure|blind|deaf|smoke|smoker|alcohol|sick|sickness|"
                r"healthy|your health|health|mental\w*|panic attack|covid|vaccin\w+|genetic|"
                r"pills|prescription|rehab|physically)\b"
            ),
        ),
        harmless=(
            r"\bhealth checks?|\bhealth (?:apps?|services?|products?|data|endpoints?)",
            (
                r"\b(?:for|with|by) (?:people|users|customers|visitors|someone) (?:with|"
                r"who have|who are) (?:\w+ )?(?:disabilit\w+|disabled|blind|deaf)"
            ),
            r"\bmedical history in|\bpatients' \w+ (?:history|records)|\bblind spots?",
            r"\bbackground checks? of the|\bhealthy (?:service|cluster|node|pod|code)",
            r"\bdisabled (?:the|a|an|state|button|by|feature|tests?)|\bany accommodation",
            r"\bwith or without (?:\w+ )?accommodation",
        ),
    ),
    "military": Rules(
        asked=(
            (
                r"\bwhy\b[a-z' ]{0,24}\b(?:exempt\w*|not serve|never serve[d]?|"
                r"didn't (?:you )?serve|avoid\w*|dodge[d]?|skip\w*|discharged|"
                r"alternative service|public service worker|not go|no|"
                r"refuse)\b[a-z ]{0,24}\b(?:military|army|service|draft|conscription|navy|"
                r"serve)\b"
            ),
            (
                r"\bwhy (?:didn't|did not|haven't|have not|did|have|were|weren't) (?:you|"
                r"u)\b[a-z ]{0,12}\b(?:serve|served|do|done|complete|finish|go|"
                r"enlist)\b[a-z ]{0,16}\b(?:military|army|service)"
            ),
            (
                r"\b(?:exempt\w*|exemption)\b[a-z ]{0,20}\b(?:military|army|conscription|"
                r"the draft|service)\b"
            ),
            r"\b(?:found|declared|ruled|judged) unfit\b",
            r"\bunfit for (?:the |military )?(?:service|army|duty)",
            r"\bmilitary (?:exemption|exempt|service exemption)",
            r"\b(?:your|ur) (?:\w+ )?(?:exemption|discharge)\b",
            (
                r"\b(?:type|kind|reason|honou?rable|dishonou?rable|medical|early|"
                r"conditions?)\b[a-z ]{0,16}\bdischarge[d]?\b"
            ),
            r"\bdischarged? (?:honou?rably|dishonou?rably|early|type|papers|status)",
            r"\bwhy were you (?:\w+ )?discharged|\bconscientious objector",
            (
                r"\b(?:physical|medical|draft) (?:grade|exam\w*|"
                r"class)\b[a-z ]{0,20}\b(?:military|army|draft|conscription)"
            ),
            r"\bdraft (?:dodg\w+|status|evad\w+)",
        ),
        named=(
            (
                r"\b(?:discharge[d]?|exempt\w*|conscript\w+|draft dodg\w+|(?:never|not|"
                r"didn't|did not|avoid\w*) (?:\w+ )?(?:serve[d]?|enlist\w*)|military status|"
                r"unfit for)\b"
            ),
        ),
        harmless=(
            r"\bdischarge into|\b(?:capacitor|battery|water|patient) discharges?",
            r"\bdischarge (?:letter|note|summary|planning)s?|\btax exempt\w*",
        ),
    ),
    "appearance": Rules(
        asked=(
            (
                r"\bhow (?:tall|short|heavy|big|fat|thin|attractive|good looking|pretty|"
                r"beautiful|handsome) (?:are|r|is|were|would) (?:you|u|ya)\b"
            ),
            r"\bhow much (?:do|does|did) (?:you|u) weigh",
            r"\b(?<!how )(?:do|did) (?:you|u) weigh(?! (?:speed|one|the|up|cost|risk|these))",
            (
                r"\b(?:your|ur) (?:\w+ )?(?:height|weight|body|figure|looks|appearance|bmi|"
                r"waist|dress size|shoe size|face|hair(?:style)?|hair ?cut|skin|physique|"
                r"tattoos?|beauty|measurements|complexion|makeup|beard|smile|scars?|"
                r"piercings?)\b(?! (?:of|balancing|matrix|decay|tag|text))"
            ),
            r"\bwhat(?:'s| is) (?:your|ur) (?:height|weight|size)",
            r"\bwhat size (?:do|are|clothes|dress|shoes)",
            r"\b(?:photo|photograph|picture|selfie|portrait)s? of (?:you|yourself)\b",
            r"\b(?:your|ur) (?:\w+ )?(?:photo|photograph|selfie)\b|\bfull length photo",
            r"\b(?:plastic|cosmetic) surgery|\bbotox|\bnose job",
            (
                r"\b(?:lose|lost|gain|gained|put on|drop|shed) (?:some |any |a few |"
                r"a little |that |the )?(?:weight|kilos|pounds|kilograms)\b"
            ),
            (
                r"\b(?:you|you're|u|are you|you are)\b[a-z ]{0,14}\b(?:pretty(?! (?:good|"
                r"sure|well|much|confident))|beautiful|handsome|attractive|good looking|"
                r"overweight|fat|skinny|chubby|ugly|gorgeous|cute|obese|short for|tall for|"
                r"slim|plump|sexy|too short|too tall|photogenic)\b"
            ),
            r"\b(?:you|u) look (?:\w+ )?(?:young|old|tired|like|so|very|great|pretty)\b",
            r"\b(?:have|got) (?:any )?(?:tattoos?|piercings?)\b",
            r"\b(?:wear|wearing) (?:\w+ )?(?:make ?up|a skirt|high heels|heels|skirts)\b",
            r"\bshave (?:your|off|that)",
            r"\bsend (?:us |me )?(?:a )?(?:full body )?(?:photo|picture) of yourself",
            r"\bon a diet\b|\bgo on a diet|\bfull body",
        ),
        named=(
            (
                r"\b(?:tall|height|weight|overweight|slim|skinny|beautiful|handsome|"
                r"attractive|good looking|good looks|pretty|ugly|looks|appearance|make ?up|"
                r"tattoos?|piercings?|hairstyle|haircut|beard|plastic surgery|diet|figure|"
                r"your body|your face|your skin|your hair|short for|photogenic|fat|bald|"
                r"dress size)\b"
            ),
        ),
        harmless=(
            r"\bheight and weight of|\bweights? (?:of (?:each|the|a)|matrix|decay)",
            r"\bappearance of (?:the|this|a)|\bpretty (?:good|sure|well|much|confident|print)",
            r"\b(?:thin|fat|heavy) (?:client|jar|pipe|load)s?",
            r"\blook like (?:in|when|after|if|for)",
            r"\bwhat (?:does|would|did) (?:your|a|the) [a-z ]{1,20} look like",
        ),
    ),
}
