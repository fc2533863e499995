#include "flow/lint/voices.h"

#include <algorithm>

namespace trunkline::flow::lint {
namespace {

constexpr Voice kVoices[] = {
    {"Aditi", "en-IN"},     {"Adriano", "it-IT"},  {"Amy", "en-GB"},       {"Andres", "es-MX"},
    {"Andrés", "es-MX"},    {"Aria", "en-NZ"},     {"Arlet", "ca-ES"},     {"Arthur", "en-GB"},
    {"Astrid", "sv-SE"},    {"Ayanda", "en-ZA"},   {"Bianca", "it-IT"},    {"Brian", "en-GB"},
    {"Burcu", "tr-TR"},     {"Camila", "pt-BR"},   {"Carla", "it-IT"},     {"Carmen", "ro-RO"},
    {"Celine", "fr-FR"},    {"Céline", "fr-FR"},   {"Chantal", "fr-CA"},   {"Conchita", "es-ES"},
    {"Cristiano", "pt-PT"}, {"Daniel", "de-DE"},   {"Danielle", "en-US"},  {"Dora", "is-IS"},
    {"Dóra", "is-IS"},      {"Elin", "sv-SE"},     {"Emma", "en-GB"},      {"Enrique", "es-ES"},
    {"Ewa", "pl-PL"},       {"Filiz", "tr-TR"},    {"Gabrielle", "fr-CA"}, {"Geraint", "en-GB"},
    {"Giorgio", "it-IT"},   {"Gregory", "en-US"},  {"Gwyneth", "cy-GB"},   {"Hala", "ar-AE"},
    {"Hannah", "de-AT"},    {"Hans", "de-DE"},     {"Hiujin", "yue-CN"},   {"Ida", "nb-NO"},
    {"Ines", "pt-PT"},      {"Inês", "pt-PT"},     {"Isabelle", "fr-BE"},  {"Ivy", "en-US"},
    {"Jacek", "pl-PL"},     {"Jan", "pl-PL"},      {"Jasmine", "en-SG"},   {"Jihye", "ko-KR"},
    {"Jitka", "cs-CZ"},     {"Joanna", "en-US"},   {"Joey", "en-US"},      {"Justin", "en-US"},
    {"Kajal", "en-IN"},     {"Karl", "is-IS"},     {"Kazuha", "ja-JP"},    {"Kendra", "en-US"},
    {"Kevin", "en-US"},     {"Kimberly", "en-US"}, {"Laura", "nl-NL"},     {"Lea", "fr-FR"},
    {"Liam", "fr-CA"},      {"Lisa", "nl-BE"},     {"Liv", "nb-NO"},       {"Lotte", "nl-NL"},
    {"Lucia", "es-ES"},     {"Lupe", "es-US"},     {"Léa", "fr-FR"},       {"Mads", "da-DK"},
    {"Maja", "pl-PL"},      {"Marlene", "de-DE"},  {"Mathieu", "fr-FR"},   {"Matthew", "en-US"},
    {"Maxim", "ru-RU"},     {"Mia", "es-MX"},      {"Miguel", "es-US"},    {"Mizuki", "ja-JP"},
    {"Naja", "da-DK"},      {"Niamh", "en-IE"},    {"Nicole", "en-AU"},    {"Ola", "pl-PL"},
    {"Olivia", "en-AU"},    {"Patrick", "en-US"},  {"Pedro", "es-US"},     {"Penelope", "es-US"},
    {"Penélope", "es-US"},  {"Raveena", "en-IN"},  {"Remi", "fr-FR"},      {"Ricardo", "pt-BR"},
    {"Ruben", "nl-NL"},     {"Russell", "en-AU"},  {"Ruth", "en-US"},      {"Rémi", "fr-FR"},
    {"Sabrina", "de-CH"},   {"Salli", "en-US"},    {"Seoyeon", "ko-KR"},   {"Sergio", "es-ES"},
    {"Sofie", "da-DK"},     {"Stephen", "en-US"},  {"Suvi", "fi-FI"},      {"Takumi", "ja-JP"},
    {"Tatyana", "ru-RU"},   {"Thiago", "pt-BR"},   {"Tomoko", "ja-JP"},    {"Vicki", "de-DE"},
    {"Vitoria", "pt-BR"},   {"Vitória", "pt-BR"},  {"Zayd", "ar-AE"},      {"Zeina", "arb"},
    {"Zhiyu", "cmn-CN"}};

}  // namespace

std::span<const Voice> AllVoices() {
  return kVoices;
}

const Voice* FindVoice(std::string_view id) {
  const auto* const found = std::ranges::find(kVoices, id, &Voice::id);
  return found == std::end(kVoices) ? nullptr : found;
}

}  // namespace trunkline::flow::lint
