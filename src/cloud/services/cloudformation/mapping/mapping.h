// Mapping: how a resource type is made of its service's operations, as a table.
//
// Most types are the same five steps: create with the properties as input, wait until it is ready,
// describe it, call the update operations whose properties changed, delete it. What differs stands
// in a Mapping; mapping/mapped.h walks through it. Words (property names, keys, parts of ids) find
// the members of an operation's input by the service's model: by the names given here, else without
// regard to case ("RoleName" is roleName where the service says so).
#pragma once

#include <span>
#include <string_view>

#include "base/json.h"
#include "cloud/operation.h"
#include "cloud/wait.h"
#include "net/async.h"

namespace trunkline::cloud::cloudformation {

struct Property;       // cloud/services/cloudformation/resource_type.h
struct ResourceOrder;  // the same

// A property whose API member has another name, at any depth. A property may have several.
struct Name {
  std::string_view property;
  std::string_view member;
};

// An update operation and what it takes: "Name Description". All of them are sent when one changed,
// or, after the creation, when the create operation does not know one that is given.
struct Change {
  std::string_view operation;
  std::string_view properties;
  // Called instead when none of the properties is wanted any more.
  std::string_view removal;
  bool updates_only = false;  // the creation takes the same in another form
};

// A list whose items come and go one by one, or some at a time if the operation takes a list.
struct Members {
  std::string_view property;
  std::string_view add;
  std::string_view remove;
  std::string_view change;  // for an item whose key stays; none: `add`
  // By which of its members an item is told from others; several: all of them; none: the whole.
  std::string_view key;
  std::string_view member;   // how `add` calls the items; none: it takes an item's own members
  std::string_view removed;  // how `remove` calls what goes; none: the same
  std::string_view part;  // what of an item `remove` takes; several words: these; none: the whole
  bool clear_first = false;  // the resource cannot be deleted while it has some
  std::string_view along;    // properties that `add` takes with each item
  std::string_view under;  // those that `remove` takes, too: under another name it is another item
};

// Where a property is read that the description does not have: "AttachedPolicies[].PolicyArn".
struct Reading {
  std::string_view property;
  std::string_view operation;
  std::string_view path;
};

// What an operation is told beside properties, or instead of a property that was taken away; `json`
// is an object of members.
struct Fixed {
  std::string_view operation;
  std::string_view json;
};

// The value a property falls back to when it is taken away; without one: empty, where the model
// allows it.
struct Fallback {
  std::string_view property;
  std::string_view json;
};

// Which values of a described member mean that it is not ready, or never will be.
struct Readiness {
  std::string_view member;   // or several: "State LastUpdateStatus"
  std::string_view pending;  // "Pending InProgress"
  std::string_view failed;
  std::string_view reason;  // the members that say why
};

// The generated name of a resource without one: <stack>-<logical id>-<12 random characters>.
struct Naming {
  std::string_view property;
  std::size_t limit = 64;
  bool lower_case = false;
};

struct Mapping {
  std::string_view type;
  std::span<const Property> properties;
  std::span<const std::string_view> attributes;

  std::string_view service;   // the model's name
  std::string_view create;    // operation; none: it is its members alone, under a generated id
  std::string_view describe;  // none: what the creation answered is all there is to know
  // Where it stands in the answers of `create` and `describe` ("KeyMetadata"); in a list it is the
  // element that has the first key. Empty: the answer itself.
  std::string_view described;
  std::string_view update;  // takes all properties again, when one changed that no Change names
  std::string_view remove;
  std::span<const Change> changes;
  std::span<const Members> members;
  std::span<const Reading> readings;

  // Parts of the physical id, joined by '|', looked up in what is known after the creation.
  std::string_view id;
  // How operations call those parts, if not by the same words.
  std::string_view keys;
  // What Ref gives, if not the physical id.
  std::string_view reference;
  // Where attributes and parts of the id stand ("Arn" -> "FunctionArn"), if not under their names.
  std::span<const Name> values;

  std::span<const Name> names;
  std::span<const Fixed> fixed;
  std::span<const Fallback> fallbacks;
  Naming naming;
  Readiness ready;
  // Deleting answers before it is gone.
  bool vanishes_later = false;
  // Connect: "QueueArn" is QueueId, and the last part of an ARN is the id.
  bool ids_of_arns = false;

  std::string_view tag;     // operation; empty: tags only where `create` takes them, or never
  std::string_view untag;   // operation
  std::string_view tagged;  // where the name or ARN of what is tagged stands in what is known
  std::string_view tags_property = "Tags";

  // Changes properties before anything is sent, both the wanted and the previous ones.
  Answer<void> (*prepare)(const WaitContext& context, const ResourceOrder& order,
                          json::Object& properties) = nullptr;
  // Adds to what is known: names that AWS makes of others.
  void (*complete)(const WaitContext& context, const ResourceOrder& order,
                   json::Object& known) = nullptr;
  // What no table says, after the creation (nothing is previous) and after an update, and the
  // properties it is about.
  net::aw<Answer<void>> (*after)(WaitContext context, ResourceOrder order) = nullptr;
  std::string_view after_properties;
  // What has to go before it can be deleted.
  net::aw<Answer<void>> (*clear)(WaitContext context, ResourceOrder order) = nullptr;
  // The keys of a physical id, where they are not its parts.
  json::Object (*keys_of)(const Mapping& mapping, const ResourceOrder& order) = nullptr;
};

}  // namespace trunkline::cloud::cloudformation
