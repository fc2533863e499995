// Conditions of policy statements: every operator of IAM's policy language, over the keys of a
// call.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
// (documented). Keys compare without case. A negated test holds for a key that is not there; every
// other one fails, unless it says IfExists. An operator we do not know never holds.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace trunkline::cloud::access {

// Condition keys in lower case, with their values: "aws:principalarn".
using Keys = std::map<std::string, std::vector<std::string>, std::less<>>;

// Whether all tests of a statement's "Condition" hold. `variables`: whether ${aws:username} and the
// like are replaced (policies of Version 2012-10-17).
bool ConditionsHold(const json::Object& condition, const Keys& keys, bool variables);

// "${aws:username}" becomes the key's value, "${*}" "*"; a key that is not there, or has several
// values, leaves a text that matches nothing. '*' and '?' of values do not act as wildcards.
std::string ReplaceVariables(std::string_view text, const Keys& keys);

// '*' stands for any text, '?' for one character; the bytes of Literal() stand for themselves.
bool MatchesWildcard(std::string_view text, std::string_view pattern);

// The six parts of an ARN one by one: a wildcard does not reach over the colon of a part. "*" alone
// matches whatever there is.
bool MatchesArn(std::string_view arn, std::string_view pattern);

// One value or a list of them, as IAM takes them nearly everywhere.
std::vector<std::string> PolicyTexts(const json::Value* value);

}  // namespace trunkline::cloud::access
