#include "cloud/execute_api/trace.h"

#include <array>
#include <chrono>

#include "cloud/execute_api/rest_content.h"

namespace trunkline::cloud::execute_api {
namespace {

constexpr std::size_t kLongestBody = 1024;  // of a line (documented)

// "Sun Feb 04 18:48:23 UTC 2024"
std::string TimeText(TimePoint time) {
  constexpr std::array<std::string_view, 7> kDays = {"Sun", "Mon", "Tue", "Wed",
                                                     "Thu", "Fri", "Sat"};
  constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{std::chrono::floor<std::chrono::seconds>(time - day)};
  return fmt::format(
      "{} {} {:02} {:02}:{:02}:{:02} UTC {}", kDays.at(std::chrono::weekday{day}.c_encoding()),
      kMonths.at(static_cast<unsigned>(date.month()) - 1), static_cast<unsigned>(date.day()),
      clock.hours().count(), clock.minutes().count(), clock.seconds().count(),
      static_cast<int>(date.year()));
}

std::string Shortened(std::string_view body) {
  if (body.size() <= kLongestBody) return TextOfBytes(body);
  return TextOfBytes(body.substr(0, kLongestBody)) + " [TRUNCATED]";
}

}  // namespace

void AddTrace(ApiCall& call, std::string line) {
  call.trace.push_back(std::move(line));
}

std::string TracedHeaders(const net::Headers& headers) {
  std::string text = "{";
  for (const auto& [name, value] : headers) {
    text += text.size() > 1 ? ", " : "";
    text += fmt::format("{}={}", name, value);
  }
  return text + "}";
}

std::string TracedMap(const json::Object& map) {
  std::string text = "{";
  for (const json::Member& member : map) {
    text += text.size() > 1 ? ", " : "";
    text += fmt::format("{}={}", member.key, member.value.AsString());
  }
  return text + "}";
}

void TraceRequest(ApiCall& call, std::string_view uri, const net::Request& request) {
  if (!call.traced) return;
  Trace(call, "Endpoint request URI: {}", uri);
  Trace(call, "Endpoint request headers: {}", TracedHeaders(request.headers));
  Trace(call, "Endpoint request body after transformations: {}", Shortened(request.body));
  Trace(call, "Sending request to {}", uri);
}

void TraceResponse(ApiCall& call, const net::Response& response, Milliseconds took) {
  if (!call.traced) return;
  Trace(call, "Received response. Status: {}, Integration latency: {} ms", response.status,
        took.count());
  Trace(call, "Endpoint response headers: {}", TracedHeaders(response.headers));
  Trace(call, "Endpoint response body before transformations: {}", Shortened(response.body));
}

std::string TraceText(const ApiCall& call) {
  std::string text = fmt::format("Execution log for request {}\n", call.request_id);
  const std::string time = TimeText(call.time);
  for (const std::string& line : call.trace) text += fmt::format("{} : {}\n", time, line);
  return text;
}

}  // namespace trunkline::cloud::execute_api
