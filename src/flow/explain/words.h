// The catalogue's enumerators in words, for pages and for data.
#pragma once

#include <string>
#include <string_view>

#include "flow/catalogue.h"

namespace trunkline::flow {

// One word each, for data.
std::string_view WordOf(Evidence evidence);   // "documented", "observed", "unverified"
std::string_view WordOf(Category category);   // "contact", "participant", "flow-control", ...
std::string_view WordOf(ValueKind value);     // "static", "static-or-path", ...
std::string_view WordOf(ValueType type);      // "text", "integer", ...
std::string_view WordOf(Need need);           // "optional", "required", "required-strict"
std::string_view WordOf(Standing standing);   // "normal", "documented-only", "exported-only"
std::string_view WordOf(ReferenceForm form);  // "arn", "id", "number"
std::string_view WordOf(Next next);           // "required", "optional", "terminal"
std::string_view WordOf(ParameterGroup::Count count);  // "exactly one of", "at most one of", ...
std::string ChannelNames(Channels channels);           // "voice, chat"

// What may stand there, for readers.
std::string_view Sentence(ValueKind value);
std::string_view Sentence(Evidence evidence);
std::string_view Sentence(Category category);
std::string_view Sentence(Need need);

// "from 1 to 180", "at least 1", "at most 6", "exactly 2"; empty where the row has no bounds.
std::string RangeOf(const Parameter& parameter);

// Where the members of a parameter at `path` stand: "Media.", "Messages[].",
// "FlowAttributes.<key>.".
std::string PathOfMembers(const Parameter& row, const std::string& path);

}  // namespace trunkline::flow
