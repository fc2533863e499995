#include "deploy/flow_restore.h"

namespace trunkline::deploy {
namespace {

net::aw<Result<void>> RestoreMetadata(Session& session, const FlowKind& kind,
                                      const json::Object& before) {
  json::Object metadata = kind.Where(session, before.GetString("id"));
  metadata.Set("Name", before.GetString("name"));
  if (before.Has("description")) metadata.Set("Description", before.GetString("description"));
  metadata.Set(kind.state, before.GetString("state", "ACTIVE"));
  TL_CO_DO(
      co_await session.Call("connect", std::string(kind.update_metadata), std::move(metadata)));
  co_return Result<void>();
}

}  // namespace

net::aw<Result<void>> NoteFlow(Session& session, const FlowKind& kind, std::string name) {
  if (session.journal == nullptr) co_return Result<void>();
  const Undo* stub = session.journal->Find(kind.stub_kind, name);
  if (stub != nullptr && stub->IsNew()) co_return Result<void>();
  const LiveResource there = *session.live.Find(kind.kind, name);
  json::Object where = kind.Where(session, there.id);
  TL_CO_TRY(const json::Object answer,
            co_await session.Call("connect", std::string(kind.describe), std::move(where)));
  const json::Object& flow = answer.GetObject(kind.described);
  json::Object before{{"id", there.id},
                      {"arn", there.arn},
                      {"name", name},
                      {"content", flow.GetString("Content")},
                      {"description", flow.GetString("Description")},
                      {"state", flow.GetString("State", "ACTIVE")},
                      {"tags", flow.GetObject("Tags")}};
  if (kind.is_module) before.SetIfNotEmpty("settings", flow.GetString("Settings"));
  session.Note(kind.kind, name, std::move(before));
  co_return Result<void>();
}

net::aw<Result<void>> RestoreFlow(Session& session, const FlowKind& kind, Undo undo) {
  const json::Object& before = undo.before;
  if (before.Has("content")) {
    json::Object content = kind.Where(session, before.GetString("id"));
    content.Set("Content", before.GetString("content"));
    content.SetIfNotEmpty("Settings", before.GetString("settings"));
    TL_CO_DO(
        co_await session.Call("connect", std::string(kind.update_content), std::move(content)));
  }
  TL_CO_DO(co_await RestoreMetadata(session, kind, before));
  if (!before.Has("tags")) co_return Result<void>();
  std::string arn(before.GetString("arn"));
  co_return co_await RestoreTags(session, std::move(arn), before.GetObject("tags"));
}

net::aw<Result<void>> RestoreStub(Session& session, const FlowKind& kind, Undo undo) {
  if (!undo.IsNew()) co_return co_await RestoreMetadata(session, kind, undo.before);
  if (undo.IsPerhapsNew()) TL_CO_DO(co_await ReadFlows(session, kind));
  const LiveResource* there = session.live.Find(kind.kind, undo.name);
  if (there == nullptr) co_return Result<void>();
  if (undo.IsPerhapsNew() && there->Tag(kManagedTag) != "true") co_return Result<void>();
  co_return co_await Delete(session, "connect", std::string(kind.remove),
                            kind.Where(session, there->id));
}

}  // namespace trunkline::deploy
