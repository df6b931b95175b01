from rag.words import content_stems, content_words, stem


def test_inflections_possessives_and_accents_share_a_stem() -> None:
    assert stem("demanded") == stem("demands") == stem("Demand")
    assert stem("Lavrov's") == stem("Lavrov’s") == stem("Lavrov")
    assert stem("Élysée") == stem("Elysee")
    assert stem("O’Dell’s") == stem("O'Dell")


def test_function_words_are_left_out() -> None:
    assert content_words("What did the minister say about it?") == ["minister"]


def test_a_question_of_function_words_alone_has_no_content() -> None:
    assert content_stems("What was that?") == []
