// Users as IAM shows them, and what belongs to one.
#pragma once

#include <string_view>
#include <vector>

#include "cloud/services/iam/holders.h"

namespace trunkline::cloud::iam {

// `User`; lists leave out tags and boundary.
json::Object ToUser(const Record& user);
json::Object ToListedUser(const Record& user);
// `Group`.
json::Object ToGroup(const Record& group);

// The user that an input names, or the one who calls.
Answer<Record> NamedOrCallingUser(Context& context, const json::Object& input);

// The members of a group, by name.
std::vector<const Record*> MembersOf(Context& context, std::string_view group);

// Access keys of a user, by id; they stand for the identity under its name of now.
std::vector<const Record*> KeysOf(Context& context, std::string_view user);
void MoveKeys(Context& context, std::string_view from, const Record& user);

}  // namespace trunkline::cloud::iam
