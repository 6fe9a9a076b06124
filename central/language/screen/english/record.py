"""English rules of papers: property, criminal record."""

from __future__ import annotations

from typing import Final

from central.language.screen.english.words import ARE, DO, YOU
from central.language.screen.rules import Rules

RULES: Final = {
    "property": Rules(
        asked=(
            (
                rf"\b(?:{DO}|{ARE}) (?:[a-z]+ ){{0,3}}(?:own|rent|renting|owning|mortgage|"
                r"homeowner|a home ?owner|debts?|loans?|in debt|bankrupt\w*|savings|"
                r"investments|stocks|real estate|a house|an apartment|a car of|any property|"
                r"wealthy|rich|poor|bad credit|good credit|garnish\w*|a student loan|"
                r"student loans|money saved|financially (?:stable|independent|secure|"
                r"comfortable)|struggling financially|living paycheck|inherit\w*|alimony|"
                r"pay child support)\b(?! (?:up|the (?:project|code|product|process|problem|"
                r"outcome|result)|this|that|a (?:project|product|process|feature|service|"
                r"decision)|your (?:mistakes|work)))"
            ),
            (
                r"\b(?:your|ur) (?:\w+ )?(?:credit (?:score|rating|history|report|"
                r"card debts?)|debts?|savings|mortgage|net worth|wealth|assets|"
                r"bank (?:account|balance)|finances|financial (?:situation|status|position|"
                r"circumstances|problems|state|standing|background)|property|properties|"
                r"house worth|rent|loans?|student loans?|investments|stocks|"
                r"personal finances|household income|inheritance|bills)\b"
            ),
            (
                r"\bhow much (?:money|property|debt|rent|wealth|savings|stock|land|"
                r"is your house)\b[a-z ]{0,16}\b(?:you|your|u|worth)\b"
            ),
            r"\b(?:file[d]?|filing|declare[d]?) (?:for )?bankruptcy",
            r"\b(?:go|went|gone|been) bankrupt|\bwages? garnish\w*",
            (
                r"\bis (?:your|ur|the) (?:house|home|flat|apartment|car) (?:your own|rented|"
                r"paid|yours|owned)"
            ),
            r"\bwhat kind of (?:house|car|apartment|home) do (?:you|u)",
            r"\bdo (?:you|u) live in (?:your own|a rented|an owned)",
            r"\bhow do (?:you|u) (?:pay|afford)\b[a-z ]{0,12}\b(?:rent|bills|living|mortgage)",
            r"\blend you money",
        ),
        named=(
            (
                r"\b(?:debts?|mortgage|savings|bankrupt\w*|credit (?:score|rating|history|"
                r"card)|own (?:a |your )?(?:house|home|car|apartment|flat|place|property)|"
                r"rent|wealth\w*|net worth|inherit\w*|loans?|landlord|financial\w*|money|"
                r"garnish\w*|alimony)\b"
            ),
        ),
        harmless=(
            r"\btechnical debt|\btech debt|\bcredit score (?:model|service|api)",
            r"\bproperty of (?:a|the)|\bassets (?:first|bundle|pipeline)",
            r"\b(?:css|object) propert(?:y|ies)|\bproperty based|\bstatic assets",
            (
                r"\bown (?:the|a|this|that) (?:project|code|product|process|problem|outcome|"
                r"result|decision|feature|service)"
            ),
        ),
    ),
    "criminal_record": Rules(
        asked=(
            (
                rf"{YOU}\b[a-z ]{{0,30}}\b(?:arrest\w*|convicted|convictions?|charged with|"
                r"jail\w*|prison\w*|incarcerat\w*|indicted|on probation|parole|detained|"
                r"in trouble with (?:the )?(?:law|police)|committed a crime|commit a crime|"
                r"break the law|broken the law|broke the law|investigated by|a felon\w*|"
                r"misdemeanou?r|fined by|in court|locked up|a dui|drunk driving|sued|"
                r"interrogated|questioned by (?:the )?police|sentenced|expunged)\b"
            ),
            (
                r"\b(?:criminal|arrest|police|prison|jail) (?:records?|history|past|"
                r"convictions?|background|charges?)\b"
            ),
            (
                r"\b(?:your|ur) (?:\w+ )?(?:convictions|arrests?|crimes?|offen[cs]es|"
                r"sentence for)\b"
            ),
            r"\btrouble with the (?:law|police)|\bspent (?:any )?time in (?:jail|prison)",
        ),
        named=(
            (
                r"\b(?:arrest\w*|convicted|convictions?|criminal|jail|prison|police|"
                r"felon\w*|misdemeanou?r|probation|parole|court|crime|crimes|charged|sued|"
                r"lawsuit|drunk driving|dui|mugshot|rap sheet|in trouble with)\b"
            ),
        ),
        harmless=(
            (
                r"\b(?:required by law|the law requires|as the law requires|"
                r"legally required|by statute)\b[a-z ]{0,60}\b(?:criminal|"
                r"background) (?:record |history )?(?:check|record)s?\b[a-z ]{0,20}"
            ),
            r"\bcriminal (?:record )?checks? (?:that )?(?:is |are )?required by law",
        ),
    ),
}
