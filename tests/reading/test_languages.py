import pytest

from reconcile.reading.languages import detect_language

TEXTS = {
    "en": "The mayor of Velm opened the new hall on Saturday, and the council said that it had cost less than planned.",
    "de": "Der Bürgermeister von Velm hat am Samstag die neue Halle eröffnet, und der Stadtrat sagte, sie sei billiger als geplant.",
    "fr": "Le maire de Velm a inauguré samedi la nouvelle salle, et le conseil a déclaré qu'elle avait coûté moins cher que prévu.",
    "es": "El alcalde de Velm inauguró el sábado la nueva sala, y el consejo dijo que había costado menos de lo previsto.",
}


@pytest.mark.parametrize("language", TEXTS)
def test_a_paragraph_is_known_by_its_language(language):
    assert detect_language(TEXTS[language], "") == language


@pytest.mark.parametrize("stated", ["en", "en-GB", "EN"])
def test_a_page_that_states_english_over_a_german_text_is_not_believed(stated):
    assert detect_language(TEXTS["de"] * 3, stated) == "de"
