"""llama.cpp behind the ports of `central/language/model.py`: one process per model, one thread in it.

In: prompts, and forms with slots, from whoever holds a `LlamaModel` or a `LlamaEmbedder`; settings
`[language.models.<role>]`. Out: filled slots, weights of single words, vectors. `opening.py` gives the
model of a role. What decides is pure: `scheduler` (whose tokens go into the next batch), `prefixes`
(which beginnings stay in memory), `templates`, and the programs of `filling` and `weighing`, which say
step by step what they want read. `context` is the only file that calls llama.cpp.
"""
