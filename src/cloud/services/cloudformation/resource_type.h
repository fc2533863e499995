// ResourceType: one CloudFormation resource type, as a mapping onto its service's own operations.
//
// The engine resolves templates, orders, compares and rolls back; a type only knows how to create,
// update, remove and read one thing by calling operations, as the stack's caller or service role.
// Its functions are coroutines: they wait until what they made is ready. They keep no state.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "base/json.h"
#include "cloud/operation.h"
#include "cloud/wait.h"
#include "net/async.h"

namespace trunkline::cloud::cloudformation {

struct Mapping;  // cloud/services/cloudformation/mapping/mapping.h

// A property at the top of a resource's "Properties". What lies deeper is checked by the service.
struct Property {
  std::string_view name;
  bool required = false;
  bool create_only = false;  // a change makes a new resource and removes the old one
  bool write_only = false;   // cannot be read back: drift does not look at it
};

// What a stack asks of a resource. All values are resolved: no functions, no AWS::NoValue.
struct ResourceOrder {
  std::string stack_id;
  std::string stack_name;
  std::string logical_id;
  std::string physical_id;  // empty when it is to be created
  json::Object properties;  // as wanted; when removing, as last applied
  json::Object previous;    // when updating: as last applied
  // The stack's tags and aws:cloudformation:stack-name, -id and logical-id, as [{Key, Value}]; a
  // type that can be tagged adds its own "Tags" to them, which win.
  json::Array tags;
  json::Array previous_tags;  // when updating: the stack's as last applied
  std::string token;  // the same when an order is repeated after a restart: a client token
  // To be called as soon as the thing exists: it is written down, so that the engine removes it
  // when what follows fails.
  std::function<void(std::string_view physical_id)> created;
  std::string type;  // as the template names it: "Custom::Thing" where the type serves several
  // Whether the stack gives the operation up: what waits long asks now and then, and answers an
  // error with the code "Cancelled".
  std::function<bool()> cancelled;
};

struct MadeResource {
  std::string physical_id;
  std::string reference;    // what Ref gives; empty: the physical id
  json::Object attributes;  // what Fn::GetAtt gives, by full name ("Endpoint.Address")
};

// An error's code and message become the reason of the resource's event.
struct ResourceType {
  std::string_view name;  // "AWS::S3::Bucket"
  std::span<const Property> properties;
  // All that Fn::GetAtt knows; a template that names another fails before anything is created.
  std::span<const std::string_view> attributes;
  net::aw<Answer<MadeResource>> (*create)(WaitContext context, ResourceOrder order) = nullptr;
  // Null: every change makes a new resource. Never called when a create-only property changed.
  net::aw<Answer<MadeResource>> (*update)(WaitContext context, ResourceOrder order) = nullptr;
  // What is gone already is no error.
  net::aw<Answer<void>> (*remove)(WaitContext context, ResourceOrder order) = nullptr;
  // The properties as they are now, for drift and import; null: NOT_CHECKED. What does not exist is
  // an error with the code "NotFound".
  net::aw<Answer<json::Object>> (*read)(WaitContext context, ResourceOrder order) = nullptr;
  bool needs_named_iam = false;      // its custom name needs CAPABILITY_NAMED_IAM
  bool needs_iam = false;            // it needs CAPABILITY_IAM
  const Mapping* mapping = nullptr;  // the table it is made of, if it is: for tests
  // Custom resources and nested stacks: any property and any attribute may be named; an attribute
  // that is not there fails when it is read.
  bool open = false;
  // An order that is repeated after a restart carries the physical id that `created` was told, and
  // create and update go on from there. Without it such a resource fails and is rolled back.
  bool resumes = false;
};

}  // namespace trunkline::cloud::cloudformation
