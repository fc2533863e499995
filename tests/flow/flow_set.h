// Small flows with names, linted together: what tests of rules about sets say them with.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "flow/document.h"
#include "flow/lint_set.h"

namespace trunkline::flow {

// Flows and modules; the first action is "a".
class Set {
 public:
  // `more`: members of the content, or a "type" of the metadata.
  Set& Flow(const std::string& name, const std::string& actions, const std::string& more = "");
  Set& Module(const std::string& name, const std::string& actions);
  // A module in the API's wrapper, with its contract.
  Set& Wrapped(const std::string& name, const std::string& settings, const std::string& actions);

  // What one rule says, as text.
  std::string Lint(std::string_view rule) const;

 private:
  Set& Add(std::string text, const std::string& name);

  std::vector<Document> documents_;
  std::vector<FlowFacts> facts_;
};

// Actions as JSON: identifier, what it is about, where it goes on, where its error goes.
std::string Say(const std::string& id, const std::string& text, const std::string& next);
std::string SetAttribute(const std::string& id, const std::string& key, const std::string& next,
                         const std::string& error, const std::string& value = "$.External.x");
std::string If(const std::string& id, const std::string& path, const std::string& yes,
               const std::string& no);
std::string Go(const std::string& id, const std::string& flow, const std::string& error);
std::string Call(const std::string& id, const std::string& module, const std::string& next,
                 const std::string& error);
std::string Hook(const std::string& id, const std::string& flow, const std::string& next);
std::string Bye(const std::string& id = "z");
std::string Return(const std::string& id);

}  // namespace trunkline::flow
