// Keys as texts whose order by bytes is the order of the keys, for the store's ordered listings.
//
//   8 hex digits of a hash of the partition key | partition key | sort key
//
// The hash in front spreads partitions as DynamoDB does: a scan has no order one could rely on, and
// a segment of a parallel scan is one run of it. Each part ends with "\1\1"; what a text has of the
// bytes 0 and 1 is written as "\1\2" and "\1\3", which sort behind that end.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"
#include "cloud/services/dynamodb/table.h"

namespace trunkline::cloud::dynamodb {

// Without its end: what keys begin with that begin with the value's text.
std::string KeyStart(const json::Value& value);
std::string KeyText(const json::Value& value);  // with it
// Before everything behind the keys that KeyText begins.
std::string AfterKey(const json::Value& value);
std::string PartitionText(const json::Value& hash);

// The key of an item: of its attributes, which must have the right types, or of a Key, which must
// have no others.
Answer<std::string> KeyOfItem(const KeySchema& schema, const json::Object& item);
Answer<std::string> KeyOfKey(const KeySchema& schema, const json::Object& key);
// The key attributes alone.
json::Object KeyAttributes(const KeySchema& schema, const json::Object& item);

// Empty: the item is not in the index. An attribute of the wrong type is an error.
Answer<std::string> KeyInIndex(const Index& index, const json::Object& item);

// An error for a key's value that is too long or empty.
Answer<void> CheckKeyValue(const KeyPart& part, const json::Value& value, bool range);

}  // namespace trunkline::cloud::dynamodb
