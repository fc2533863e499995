// Template: one CloudFormation template while it is put together, and the intrinsic functions.
//
// What comes out is plain JSON that depends on what was put in only: sections in CloudFormation's
// usual order, resources in the order they were added. A logical id that is added twice is a bug.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace trunkline::stacks {

json::Object Ref(std::string_view name);
json::Object GetAtt(std::string_view resource, std::string_view attribute);
json::Object Sub(std::string_view text);
// "arn:${AWS::Partition}:" and what follows, with ${...} in it.
json::Object Arn(std::string_view rest);
json::Object If(std::string_view condition, json::Value then, json::Value otherwise);
// A logical id: letters and digits only, each part with a capital: "Pipeline", "contact-flows",
// "dev" give PipelineContactFlowsDev.
std::string LogicalId(const std::vector<std::string_view>& parts);

struct Resource {
  std::string type;
  json::Object properties;
  std::string condition = {};
  std::vector<std::string> depends_on = {};
  bool retain =
      false;  // stays when it leaves the stack or would be replaced, unless its making failed
};

struct Parameter {
  std::string name;
  std::string description;
  std::string_view type = "String";
  std::string pattern = {};               // AllowedPattern
  std::vector<std::string> allowed = {};  // AllowedValues
  const char* fallback = nullptr;         // Default; nullptr: has to be given
};

class Template {
 public:
  explicit Template(std::string description);

  void Add(const Parameter& parameter);
  void AddParameter(std::string_view name, std::string_view description, std::string fallback,
                    std::string_view pattern = {});
  void AddCondition(std::string_view name, json::Value condition);
  void Add(std::string_view logical_id, Resource resource);
  void AddOutput(std::string_view name, std::string_view description, json::Value value,
                 std::string_view condition = {});

  json::Value ToJson() const;

 private:
  std::string description_;
  json::Object parameters_;
  json::Object conditions_;
  json::Object resources_;
  json::Object outputs_;
};

// As files hold it. Indented by one blank: CloudFormation takes 51,200 bytes in a call.
std::string TemplateText(const Template& made);

}  // namespace trunkline::stacks
