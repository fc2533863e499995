// Tables: records, and what operations on items need to know of them.
//
//   table  id = name  body: Shown (TableDescription), Tags, TimeToLive, PointInTime, Policy
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cloud/context.h"

namespace trunkline::cloud::dynamodb {

inline constexpr Kind kTable{"dynamodb", "table"};

struct KeyPart {
  std::string name;
  std::string type;  // "S", "N", "B"
};

struct KeySchema {
  KeyPart hash;
  std::optional<KeyPart> range;
  bool Has(std::string_view attribute) const {
    return attribute == hash.name || (range && attribute == range->name);
  }
};

struct Index {
  std::string name;
  KeySchema key;
  std::string projection;               // "ALL", "KEYS_ONLY", "INCLUDE"
  std::vector<std::string> attributes;  // beside the keys, for INCLUDE
  bool global = false;
  bool ready = true;  // can be queried
};

struct Table {
  std::string id;
  std::string name;
  std::string arn;
  KeySchema key;
  std::vector<Index> indexes;
  std::string expiry;       // the attribute of the time to live; empty: off
  std::string stream;       // its ARN; empty: off
  std::string stream_view;  // "NEW_IMAGE", ...

  const Index* FindIndex(std::string_view index) const;
};

Table ReadTable(const Record& record);
KeySchema ReadKeySchema(const json::Array& schema, const json::Array& definitions);

// The name in a TableName, which may be an ARN; an error when it can be no name, or is an ARN of
// elsewhere.
Answer<std::string> NameOf(const Context& context, std::string_view name_or_arn);
// For operations on tables: an error names the table.
Answer<Record> FindTable(Context& context, const json::Object& input);
// For operations on items: a table that is not made yet is none.
Answer<Table> UseTable(Context& context, std::string_view name_or_arn);
// By the table's ARN; for tags and policies.
Answer<Record> FindTableByArn(Context& context, std::string_view arn);

void PutTable(Context& context, Record record);

}  // namespace trunkline::cloud::dynamodb
