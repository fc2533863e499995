// Revision: a template with its parameters, tags and capabilities, ready to be carried out.
//
// Prepare makes one of what a caller gives and checks everything that can be known before anything
// is created; RestoreRevision makes the same of a revision that is kept.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cloud/services/cloudformation/stacks/records.h"
#include "cloud/services/cloudformation/template/parameters.h"
#include "cloud/services/cloudformation/template/references.h"

namespace trunkline::cloud::cloudformation {

struct Revision {
  json::Object body;                         // of its record
  std::unique_ptr<const Template> document;  // stays put: the scope points at it
  ParameterValues parameters;
  Scope scope;  // without resources: whoever evaluates sets reference, attribute and import_value
  Dependencies dependencies;
};

struct PrepareOptions {
  const json::Object* previous = nullptr;  // the stack's present revision; null: a new stack
  bool directly = true;      // not through a change set: transforms need CAPABILITY_AUTO_EXPAND
  bool known_later = false;  // parameters may have values that are known only later
};

// `input` is that of CreateStack, UpdateStack or CreateChangeSet.
Answer<Revision> Prepare(Context& context, const json::Object& input, const StackIdentity& stack,
                         const PrepareOptions& options);
// The same of a revision that is kept.
Answer<Revision> RestoreRevision(Context& context, const StackIdentity& stack, json::Object body);

// The pseudo parameters of a stack.
json::Object PseudoParameters(const Context& context, const StackIdentity& stack,
                              const json::Array& topics);

// TemplateBody or TemplateURL of the input; `body` and `url` name the members. Nothing: neither.
Answer<std::optional<std::string>> ReadTemplateText(Context& context, const json::Object& input,
                                                    std::string_view body = "TemplateBody",
                                                    std::string_view url = "TemplateURL");

// The template of ValidateTemplate and GetTemplateSummary: transforms done as far as
// defaults reach, macros not run.
Answer<Template> CheckTemplateText(Context& context, const std::string& text);

// Capabilities that a document needs, and why.
struct NeededCapabilities {
  bool iam = false;
  bool named_iam = false;
  std::vector<std::string> types;
};
NeededCapabilities CapabilitiesOf(const Template& document);

}  // namespace trunkline::cloud::cloudformation
