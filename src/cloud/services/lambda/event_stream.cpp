#include "cloud/services/lambda/event_stream.h"

#include "base/hash.h"
#include "base/json_write.h"

namespace trunkline::cloud::lambda {
namespace {

void AppendBig(std::string& bytes, std::uint32_t number, int size) {
  for (int shift = (size - 1) * 8; shift >= 0; shift -= 8)
    bytes += static_cast<char>((number >> static_cast<unsigned>(shift)) & 0xFFU);
}

void AppendHeader(std::string& headers, std::string_view name, std::string_view value) {
  constexpr char kString = 7;
  headers += static_cast<char>(name.size());
  headers += name;
  headers += kString;
  AppendBig(headers, static_cast<std::uint32_t>(value.size()), 2);
  headers += value;
}

}  // namespace

// Lengths, a checksum of them, headers, payload, a checksum of all.
std::string EventFrame(std::string_view event, std::string_view content_type,
                       std::string_view payload) {
  std::string headers;
  AppendHeader(headers, ":event-type", event);
  AppendHeader(headers, ":content-type", content_type);
  AppendHeader(headers, ":message-type", "event");
  constexpr std::size_t kAround = 16;
  std::string frame;
  AppendBig(frame, static_cast<std::uint32_t>(kAround + headers.size() + payload.size()), 4);
  AppendBig(frame, static_cast<std::uint32_t>(headers.size()), 4);
  AppendBig(frame, Crc32(frame), 4);
  frame += headers;
  frame += payload;
  AppendBig(frame, Crc32(frame), 4);
  return frame;
}

std::string StreamOf(const json::Object& invoked) {
  constexpr std::size_t kLongestChunk = 64U << 10U;
  std::string stream;
  std::string_view payload = invoked.GetString("Payload");
  json::Object complete;
  if (invoked.Has("FunctionError")) {
    complete.Set("ErrorCode", invoked.GetString("FunctionError"));
    complete.Set("ErrorDetails", payload);
    payload = {};
  }
  for (; !payload.empty(); payload.remove_prefix(std::min(payload.size(), kLongestChunk)))
    stream +=
        EventFrame("PayloadChunk", "application/octet-stream", payload.substr(0, kLongestChunk));
  complete.SetIfNotEmpty("LogResult", invoked.GetString("LogResult"));
  stream += EventFrame("InvokeComplete", "application/json", json::Write(complete));
  return stream;
}

}  // namespace trunkline::cloud::lambda
