// What an expression refers to, found without evaluating it: for checking definitions.
#pragma once

#include <string>
#include <vector>

#include "cloud/services/stepfunctions/jsonata/jsonata.h"

namespace trunkline::cloud::jsonata {

struct References {
  // What is looked up in the input document, which expressions of a state machine do not have: bare
  // names, "$", "*" and "**" that stand where nothing has selected a context. Each once, in order.
  std::vector<std::string> top_level;
  // Variables, without the "$" in front, bound in the expression or not; "$" is the document
  // ("$$").
  std::vector<std::string> variables;
  // Variables that the expression binds itself: with ":=", "@", "#", as a function's parameters.
  std::vector<std::string> bound;
  // The members of $states it names: "input", "errorOutput".
  std::vector<std::string> states;
};

References ReferencesOf(const Expression& expression);

}  // namespace trunkline::cloud::jsonata
