// Streams: what was changed in a table, in order, for a day. A stream is one shard here.
//
//   stream         id = ARN           body: TableName, KeySchema, View, Label, Created, Status,
//   Next stream-record  parent = ARN       name = sequence number   body: Record, Time, Binary
//   (only true)
#pragma once

#include <string>
#include <string_view>

#include "cloud/context.h"
#include "cloud/services/dynamodb/item.h"
#include "cloud/services/dynamodb/table.h"

namespace trunkline::cloud::dynamodb {

inline constexpr Kind kStream{"dynamodb", "stream"};
inline constexpr Kind kStreamRecord{"dynamodb", "stream-record"};

// Of a table whose description has got a stream.
void OpenStream(Context& context, const json::Object& table);
// Its records stay for a day.
void CloseStream(Context& context, std::string_view arn);

// Does nothing for a table without a stream.
void RecordChange(Context& context, const Table& table, const json::Object* before,
                  const json::Object* after, ChangedBy who);

// As the wire has it, bytes raw.
json::Object ShownRecord(const Record& record);
// Bytes of the images of a change to base64; whether there were any.
bool EncodeImages(json::Object& change);
std::string SequenceNumber(std::int64_t number);

}  // namespace trunkline::cloud::dynamodb
