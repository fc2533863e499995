// Texts of expressions, read and checked. Errors begin with "Invalid <parameter>: ".
#pragma once

#include <string_view>
#include <vector>

#include "cloud/operation.h"
#include "cloud/services/dynamodb/expressions/node.h"
#include "cloud/services/dynamodb/expressions/placeholders.h"

namespace trunkline::cloud::dynamodb {

// What is read points at values of `placeholders`, which must outlive it.
Answer<Node> ParseCondition(std::string_view parameter, std::string_view text,
                            Placeholders& placeholders);
Answer<Update> ParseUpdate(std::string_view text, Placeholders& placeholders);
Answer<std::vector<Path>> ParseProjection(std::string_view text, Placeholders& placeholders);

}  // namespace trunkline::cloud::dynamodb
