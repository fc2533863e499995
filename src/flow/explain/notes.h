// What a reader must know and no column of the catalogue can say: meanings, units, limits that
// depend on the contact. Nothing is judged by these. Sources: the developer and administrator
// guides, and what the live service was seen to do.
#pragma once

#include <span>
#include <string_view>

namespace trunkline::flow {

struct Note {
  std::string_view type;   // of the action
  std::string_view place;  // as the page names it: "Media.Uri", an error type; empty: the action
  std::string_view text;
};

std::span<const Note> AllNotes();
// Empty when there is none.
std::string_view NoteOn(std::string_view type, std::string_view place);

}  // namespace trunkline::flow
