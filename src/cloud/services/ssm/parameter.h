// Parameters of Parameter Store: how they are named, kept and shown.
//
// Two kinds of records, in the scope of an account and Region:
//   {"ssm","parameter"}  id and name: the parameter's name; body: the newest version's members (as
//   DescribeParameters
//                        and GetParameter call them), "Tags", and "Value": sealed base64 for a
//                        SecureString
//   {"ssm","version"}    id "<name>:<version>", parent: the name; body: that version's members
// A SecureString is sealed with a key of the account and Region that is kept in the same store (the
// embedded cloud has no hardware to keep it in): it protects logs and answers, not against somebody
// who has the whole data folder.
#pragma once

#include <string>
#include <string_view>

#include "cloud/context.h"

namespace trunkline::cloud::ssm {

inline constexpr Kind kParameter{"ssm", "parameter"};
inline constexpr Kind kVersion{"ssm", "version"};
inline constexpr Kind kKey{"ssm", "key"};

// Whether AWS takes the name for a new parameter; the error says which rule it breaks.
Answer<void> CheckName(std::string_view name);

std::string ParameterArn(const Context& context, std::string_view name);
std::string VersionId(std::string_view name, std::int64_t version);

// What a caller asks for: "name", "name:3" or an ARN with or without ":3".
struct Reference {
  std::string name;
  std::string selector;  // ":3" as it was written, or empty
};

// The newest version, or nullptr. An ARN of another account or Region finds nothing.
const Record* FindParameter(Context& context, std::string_view name_or_arn);

// The body of the version that is asked for: ParameterNotFound or ParameterVersionNotFound.
Answer<> FindVersion(Context& context, const Reference& reference);
Reference ReadReference(std::string_view text);

std::string SealValue(Context& context, std::string_view name, std::string_view value);

// The value as it is shown: the plain text, or for a SecureString that is not to be decrypted the
// sealed base64.
Answer<std::string> ShowValue(Context& context, const json::Object& body, bool decrypt);

// `Parameter` of GetParameter and its likes.
Answer<> ToParameter(Context& context, const json::Object& body, bool decrypt);

}  // namespace trunkline::cloud::ssm
