// Checker: collects what is wrong with a definition. Internal to validate*.cpp.
#pragma once

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "cloud/services/stepfunctions/machine.h"
#include "cloud/services/stepfunctions/validate.h"

namespace trunkline::cloud::stepfunctions {

struct Checker {
  std::vector<Diagnostic> diagnostics = {};
  bool jsonata = false;  // of the whole machine
  bool express = false;
  std::set<std::string, std::less<>> names = {};   // of all states
  std::set<std::string, std::less<>> labels = {};  // of all distributed maps

  void Add(std::string_view code, std::string message, std::string location) {
    diagnostics.push_back({.code = std::string(code),
                           .message = std::move(message),
                           .location = std::move(location)});
  }
  void Schema(std::string message, std::string location) {
    Add("SCHEMA_VALIDATION_FAILED", std::move(message), std::move(location));
  }
  void Warn(std::string_view code, std::string message, std::string location);
  // "These fields are required: [StartAt]"
  void Require(const json::Object& object, std::span<const std::string_view> fields,
               const std::string& location);
};

// A state's own fields; its inner graphs are left to whoever calls.
void CheckState(Checker& checker, const json::Object& state, const std::string& location);

// The rules of a Choice state.
void CheckChoices(Checker& checker, const json::Object& state, bool jsonata,
                  const std::string& location);

// Paths and functions behind the ".$" of a template, everywhere in it.
void CheckTemplate(Checker& checker, const json::Value& form, const std::string& location);
// The expressions in the texts of a value.
void CheckExpressions(Checker& checker, const json::Value& form, const std::string& location);

}  // namespace trunkline::cloud::stepfunctions
