// Document: the template while the transform works on it.
//
// The resources are both what is read and what is made: a serverless resource is taken out, and
// what it becomes is put in. Events of functions and state machines change the APIs and buckets
// they belong to, so functions go first and APIs after them (transform.cpp).
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "cloud/operation.h"
#include "cloud/services/cloudformation/serverless/values.h"

namespace trunkline::cloud::cloudformation::serverless {

inline constexpr std::string_view kFunction = "AWS::Serverless::Function";
inline constexpr std::string_view kStateMachine = "AWS::Serverless::StateMachine";
inline constexpr std::string_view kApi = "AWS::Serverless::Api";
inline constexpr std::string_view kHttpApi = "AWS::Serverless::HttpApi";
inline constexpr std::string_view kConnector = "AWS::Serverless::Connector";

// Marks an API whose document is made of its functions' events; it does not stay.
inline constexpr std::string_view kManaged = "__MANAGE_SWAGGER";

// A resource as the template will have it. Members stand beside Type and Properties.
struct Resource {
  std::string id;
  std::string type;
  json::Object members;
  json::Object properties;
};

// A serverless resource that is being translated.
struct Source {
  std::string id;
  std::string type;
  json::Object body;
  json::Object properties;

  // Condition, DeletionPolicy and UpdateReplacePolicy: every resource it becomes has them.
  json::Object Inherited() const;
  // The above, DependsOn, Metadata and UpdatePolicy: of the resource with its own logical id.
  json::Object Own() const;
  std::string_view condition() const { return body.GetString("Condition"); }
};

// The usage plan that APIs share.
struct SharedUsagePlan {
  json::Array apis;        // DependsOn
  json::Array api_stages;  // of the plan
  json::Array stage_keys;  // of the key
};

// A function's or a state machine's wish to be deployed step by step.
struct Deployment {
  std::string function;
  json::Object preference;
  json::Object tags;  // empty: not propagated
  std::string condition;
};

struct Document {
  Document(json::Object whole, const json::Object& parameters);

  json::Object sections;  // all but Resources
  json::Object resources;
  Values values;
  std::map<std::string, std::string> types;  // of the resources as they were written, by id
  // What {"Ref": "Function.Alias"} means, by "Function.Alias"; and logical ids that changed.
  std::map<std::string, std::string> references;
  std::map<std::string, std::string> renamed;
  std::vector<std::string> problems;
  // Names that functions with events of an API have, together, by the API.
  std::map<std::string, std::string> function_names;
  std::string moment;  // the time, for APIs that are deployed anew whatever changed
  SharedUsagePlan usage_plan;
  std::vector<Deployment> deployments;
  std::map<std::string, json::Object> record_sets;  // AWS::Route53::RecordSetGroup by id

  void Problem(const ServiceError& error);
  void Put(const Resource& resource);
  void AddCondition(std::string_view name, json::Value condition);
  // The resource's Properties where they are an object; null: there is no such resource. Made where
  // they are missing.
  json::Object* PropertiesOf(std::string_view id);
  std::string TypeOf(std::string_view id) const;
};

// What is wrong, as the service tells it. An event's error becomes one of its function
// (WithinResource).
ServiceError InvalidResource(std::string_view id, std::string_view what);
ServiceError InvalidEvent(std::string_view id, std::string_view what);
ServiceError InvalidStructure(std::string_view what);
ServiceError WithinResource(std::string_view id, ServiceError error);

// [{Key, Value}] of a map.
json::Array TagList(const json::Object& tags);
// What is written again for each of many resources or paths: more than this, all together, is
// refused.
inline constexpr std::size_t kMaxRepeated = 16'000'000;
Answer<void> CheckRepeated(const Source& source, const json::Value& value, std::size_t times);

// Adds the tags to resources that can be tagged.
Answer<void> PropagateTags(std::vector<Resource>& resources, const Source& source);

// "arn:aws:iam::aws:policy/" + name.
std::string ManagedPolicyArn(std::string_view name);

}  // namespace trunkline::cloud::cloudformation::serverless
