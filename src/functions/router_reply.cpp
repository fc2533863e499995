#include "functions/router_reply.h"

#include "base/json_write.h"

namespace trunkline::functions::router {
namespace {

json::Array ToJson(const std::vector<Left>& left) {
  json::Array list;
  for (const Left& one : left)
    list.emplace_back(json::Object{{"what", one.what}, {"why", one.why}});
  return list;
}

json::Array ToJson(const std::vector<Started>& started) {
  json::Array list;
  for (const Started& one : started)
    list.emplace_back(json::Object{{"pipeline", one.pipeline}, {"execution", one.execution}});
  return list;
}

}  // namespace

Reply Refuse(int status, std::string_view message) {
  return {.status = status, .body = {{"message", message}}};
}

Reply Ignore(const Left& left) {
  return {.status = 200,
          .body = {{"ok", true},
                   {"started", json::Array()},
                   {"skipped", json::Array()},
                   {"ignored", ToJson(std::vector<Left>{left})}}};
}

json::Object ToJson(const Routed& routed) {
  json::Object body{{"ok", routed.ok()}, {"branch", routed.branch}};
  body.SetIfNotEmpty("environment", routed.environment);
  body.Set("commit", routed.commit);
  body.Set("started", ToJson(routed.started));
  body.Set("skipped", ToJson(routed.skipped));
  body.Set("ignored", ToJson(routed.ignored));
  if (!routed.failed.empty()) body.Set("failed", ToJson(routed.failed));
  if (!routed.notes.empty()) {
    json::Array notes;
    for (const std::string& note : routed.notes) notes.emplace_back(note);
    body.Set("notes", std::move(notes));
  }
  return body;
}

Reply ToReply(const Routed& routed) {
  return {.status = routed.ok() ? 200 : 503, .body = ToJson(routed)};
}

json::Value ToHttp(const Reply& reply) {
  json::Object headers{{"content-type", "application/json"}};
  return json::Object{{"statusCode", reply.status},
                      {"headers", std::move(headers)},
                      {"body", json::Write(reply.body) + "\n"}};
}

}  // namespace trunkline::functions::router
