"""The demo shop Fern & Kettle: its people, its content as data, and the builders of the records.

`content` says what there is, `build_*` make it. Only what is missing is made: what an editor
changed since is never written again.
"""
