#include "net/client.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <gmock/gmock.h>

#include "tests/net/scripted_server.h"

namespace trunkline::net {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

ScriptedServer::Script Answering(std::vector<std::string> answers) {
  return [answers](RawConnection& connection) {
    for (const std::string& answer : answers) {
      connection.Receive();
      connection.Send(answer);
    }
  };
}

// Reads a request and closes without a word.
void HangUp(RawConnection& connection) {
  connection.ReceiveHead();
}

const std::string kOk = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

std::string OriginText(const ScriptedServer& server) {
  return "'http://127.0.0.1:" + std::to_string(server.origin().port) + "'";
}

TEST(Client, SendsTheRequestAndGivesTheAnswer) {
  std::string seen;
  Result<Response> answer = Error(ErrorKind::kUnreached, "not sent");
  std::uint16_t port = 0;
  {
    ScriptedServer server({[&seen](RawConnection& connection) {
      seen = connection.Receive();
      connection.Send("HTTP/1.1 201 Created\r\nx-id: 7\r\nContent-Length: 5\r\n\r\nhello");
    }});
    port = server.origin().port;
    Request request{.method = "POST", .target = "/a?b=c", .body = "{}"};
    request.headers.Add("X-Amz-Date", "today");

    answer = Caller().Send(server.origin(), std::move(request));
  }

  ASSERT_TRUE(answer.ok());
  EXPECT_EQ(answer->status, 201);
  EXPECT_EQ(answer->headers.Get("X-Id"), "7");
  EXPECT_EQ(answer->body, "hello");
  EXPECT_EQ(seen, "POST /a?b=c HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port) +
                      "\r\nX-Amz-Date: today\r\nContent-Length: 2\r\n\r\n{}");
}

TEST(Client, ReusesAConnectionThatStaysOpen) {
  ScriptedServer server({Answering({kOk, kOk, kOk})});  // one connection only
  Caller caller;

  for (int i = 0; i < 3; ++i) EXPECT_EQ(caller.Send(server.origin())->body, "ok");
}

TEST(Client, ReadsAnswersOfEveryFraming) {
  const std::string chunked =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nch\r\n4\r\nunks\r\n0\r\n\r\n";
  const std::string late =
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + kOk;
  const std::string to_the_end = "HTTP/1.1 200 OK\r\n\r\nto the end";
  ScriptedServer server(
      {Answering({chunked, late, "HTTP/1.1 204 No Content\r\n\r\n", to_the_end})});
  Caller caller;

  EXPECT_EQ(caller.Send(server.origin())->body, "chunks");
  EXPECT_EQ(caller.Send(server.origin())->body, "ok");
  EXPECT_EQ(caller.Send(server.origin())->status, 204);
  EXPECT_EQ(caller.Send(server.origin())->body, "to the end");
}

TEST(Client, TheAnswerToHeadHasALengthButNoBody) {
  ScriptedServer server({Answering({"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n", kOk})});
  Caller caller;

  const Result<Response> head = caller.Send(server.origin(), {.method = "HEAD"});

  ASSERT_TRUE(head.ok());
  EXPECT_EQ(head->headers.Get("Content-Length"), "99");
  EXPECT_EQ(caller.Send(server.origin())->body, "ok");
}

TEST(Client, OpensAnotherConnectionWhenThePooledOneWasClosed) {
  ScriptedServer server({Answering({kOk}), Answering({kOk})});
  Caller caller;

  EXPECT_TRUE(caller.Send(server.origin()).ok());
  EXPECT_TRUE(caller.Send(server.origin()).ok());
}

TEST(Client, SendsAgainWhenThePooledConnectionIsClosedUnderTheRequest) {
  const auto answer_and_hang_up = [](RawConnection& connection) {
    Answering({kOk})(connection);
    HangUp(connection);
  };
  ScriptedServer server({answer_and_hang_up, Answering({kOk})});
  Caller caller;

  EXPECT_TRUE(caller.Send(server.origin()).ok());
  EXPECT_EQ(caller.Send(server.origin())->body, "ok");
}

TEST(Client, SendsAgainOnlyOnce) {
  const auto answer_and_hang_up = [](RawConnection& connection) {
    Answering({kOk})(connection);
    HangUp(connection);
  };
  ScriptedServer server({answer_and_hang_up, HangUp});
  Caller caller;
  EXPECT_TRUE(caller.Send(server.origin()).ok());

  const Result<Response> answer = caller.Send(server.origin());

  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(answer.error().message(), "no complete answer from " + OriginText(server) +
                                          ": the other side closed the connection");
}

TEST(Client, AnAnswerCutOffIsNotAskedForAgain) {
  const auto cut = [](RawConnection& connection) {
    Answering({kOk, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"})(connection);
  };
  ScriptedServer server({cut});
  Caller caller;
  EXPECT_TRUE(caller.Send(server.origin()).ok());

  EXPECT_EQ(
      caller.Send(server.origin()).error().message(),
      "no complete answer from " + OriginText(server) + ": the other side closed the connection");
}

TEST(Client, DoesNotReuseAConnectionThatHasMoreToSay) {
  ScriptedServer server(
      {Answering({kOk + "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nforeign"}), Answering({kOk})});
  Caller caller;

  EXPECT_EQ(caller.Send(server.origin())->body, "ok");
  EXPECT_EQ(caller.Send(server.origin())->body, "ok");
}

TEST(Client, NobodyListeningIsUnreached) {
  std::uint16_t port = 0;
  {
    const Listener listener;
    port = listener.port();
  }

  const Result<Response> answer = Caller().Send(LocalUrl(port));

  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(answer.error().kind(), ErrorKind::kUnreached);
  EXPECT_EQ(answer.error().message(),
            "cannot reach 'http://127.0.0.1:" + std::to_string(port) + "': connection refused");
}

TEST(Client, ANameThatDoesNotExistIsUnreached) {
  const Result<Response> answer = Caller().Send(LocalUrl(80, "http", "no-such-host.invalid"));

  ASSERT_FALSE(answer.ok());
  EXPECT_THAT(answer.error().message(), StartsWith("cannot reach 'http://no-such-host.invalid': "));
}

TEST(Client, ASilentServerRunsIntoTheLimit) {
  ScriptedServer server({[](RawConnection& connection) { connection.ReceiveRest(); }});

  const Result<Response> answer = Caller({.answer_limit = Milliseconds(50)}).Send(server.origin());

  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(answer.error().message(), OriginText(server) + " did not answer within 50 ms");
}

TEST(Client, AServerThatDoesNotReadRunsIntoTheLimit) {
  const Listener listener;  // connections wait in its queue, nobody accepts them
  Request request{.method = "PUT", .body = std::string(50U << 20U, 'x')};

  const Result<Response> answer = Caller({.answer_limit = Milliseconds(50)})
                                      .Send(LocalUrl(listener.port()), std::move(request));

  ASSERT_FALSE(answer.ok());
  EXPECT_THAT(answer.error().message(), EndsWith(" did not answer within 50 ms"));
}

TEST(Client, AnAnswerOverTheLimitIsRefused) {
  ScriptedServer server({Answering({"HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n"})});

  EXPECT_EQ(Caller({.max_body = 10}).Send(server.origin()).error().message(),
            "no complete answer from " + OriginText(server) + ": the body is larger than 10 bytes");
}

TEST(Client, WhatIsNotHttpIsSaid) {
  ScriptedServer server({Answering({"220 mail.example ESMTP\r\n\r\n"})});

  EXPECT_EQ(Caller().Send(server.origin()).error().message(),
            "no complete answer from " + OriginText(server) +
                ": expected an HTTP/1.1 message: bad version");
}

TEST(Client, ARefusalWhileTheBodyIsSentIsTheAnswer) {
  LiveServer server({.max_body = 10}, [](Request) -> aw<Response> { co_return Response(); });
  Request request{.method = "PUT", .body = std::string(4U << 20U, 'x')};

  const Result<Response> answer = Caller().Send(LocalUrl(server.port()), std::move(request));

  ASSERT_TRUE(answer.ok());
  EXPECT_EQ(answer->status, 413);
}

TEST(Client, LargeBodiesGoBothWays) {
  LiveServer server([](Request request) -> aw<Response> {
    Response response;
    response.body = std::move(request.body);
    co_return response;
  });
  Request request{.method = "PUT", .body = std::string(5U << 20U, 'x') + "end"};
  const std::string body = request.body;

  EXPECT_EQ(Caller().Send(LocalUrl(server.port()), std::move(request))->body, body);
}

TEST(Client, ARequestThatWouldBecomeTwoIsRefused) {
  Caller caller;

  EXPECT_EQ(caller.Send(LocalUrl(1), {.target = "/ HTTP/1.1\r\nx: y"}).error().message(),
            "expected a percent-encoded request target but got '/ HTTP/1.1\r\nx: y'");
  EXPECT_EQ(caller.Send(LocalUrl(1), {.method = "GET /"}).error().message(),
            "expected an HTTP method but got 'GET /'");
}

aw<void> Count(Client& client, Url origin, int& good) {
  Request request;
  const Result<Response> answer = co_await client.Send(std::move(origin), std::move(request));
  if (answer.ok() && answer->body == "ok") ++good;
}

TEST(Client, ManyRequestsAtOnceShareALoopWithTheirServer) {
  Loop loop;
  MemoryLog log;
  MapEnvironment environment;
  auto server = Server::Listen(
                    loop, {},
                    [](Request) -> aw<Response> {
                      Response response;
                      response.body = "ok";
                      co_return response;
                    },
                    log)
                    .value();
  Client client(loop, environment);
  int good = 0;
  for (int i = 0; i < 200; ++i) {
    asio::co_spawn(loop, Count(client, LocalUrl(server->port()), good), [&](std::exception_ptr) {
      if (good == 200) server->Stop();
    });
  }

  loop.run_for(std::chrono::seconds(20));

  EXPECT_EQ(good, 200);
}

}  // namespace
}  // namespace trunkline::net
