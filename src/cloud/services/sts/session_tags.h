// Tags of a session. They are checked, and those that are transitive are remembered, so that no
// later session of the chain changes them; conditions do not read them.
//   {"sts","session-tags"}  id: the session's access key id; body: Transitive
#pragma once

#include <string>
#include <string_view>

#include "cloud/context.h"

namespace trunkline::cloud::sts {

// The transitive tags of the session that AssumeRole's input asks for, those of the caller's own
// session among them.
Answer<json::Object> CheckSessionTags(const Context& context, const json::Object& input);

void PutTransitiveTags(Context& context, std::string_view access_key_id, json::Object tags);
void ForgetSessionTags(Context& context, std::string_view access_key_id);

}  // namespace trunkline::cloud::sts
