// The tokens that may stand between two operands, and how strongly they bind.
#pragma once

#include <string_view>

#include "cloud/services/stepfunctions/jsonata/lexer.h"
#include "cloud/services/stepfunctions/jsonata/node.h"

namespace trunkline::cloud::jsonata {

struct Infix {
  std::string_view token;
  int power;
  Operation operation = Operation::kNone;
};

const Infix* FindInfix(const Token& token);  // null when it is none

}  // namespace trunkline::cloud::jsonata
