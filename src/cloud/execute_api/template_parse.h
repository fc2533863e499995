// A mapping template, read: what template.cpp walks through.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace trunkline::cloud::execute_api {

struct Expression;
struct Node;
using Nodes = std::vector<Node>;

// ".name", ".name(arguments)" or "[index]".
struct Step {
  enum class Kind { kProperty, kMethod, kIndex };
  Kind kind = Kind::kProperty;
  std::string name;
  std::vector<Expression> arguments;
};
struct Reference {
  std::string name;
  std::vector<Step> steps;
  bool quiet = false;  // $!x: nothing where there is nothing
  std::string text;    // as it stands, to be shown where there is nothing
};

struct Expression {
  enum class Kind {
    kLiteral,
    kText,  // with references in it: `parts`
    kList,
    kMap,  // keys and values in turn
    kRange,
    kReference,
    kNot,
    kBinary
  };
  Kind kind = Kind::kLiteral;
  json::Value literal;
  std::string operation;  // of kBinary: "+", "==", "&&"
  std::vector<Expression> operands;
  std::shared_ptr<const Reference> reference;  // shared by copies of the tree
  std::shared_ptr<const Nodes> parts;
};

struct Branch;
struct Node {
  enum class Kind { kText, kReference, kSet, kIf, kForeach, kBreak, kStop };
  Kind kind = Kind::kText;
  std::string text;                            // of kText; of kForeach the variable
  std::shared_ptr<const Reference> reference;  // of kReference; of kSet what is set
  std::vector<Expression> expressions;         // of kSet and kForeach: one
  std::vector<Branch> branches;                // of kIf; of kForeach: one
};
// Without a condition: #else, or a loop's body.
struct Branch {
  std::vector<Expression> condition;
  Nodes body;
};

Result<Nodes> ParseTemplate(std::string_view text);

}  // namespace trunkline::cloud::execute_api
