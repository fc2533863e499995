#include "net/server.h"

#include <atomic>
#include <stdexcept>

#include <boost/asio/steady_timer.hpp>
#include <gmock/gmock.h>

#include "base/files.h"
#include "tests/net/live_server.h"
#include "tests/support/shared_data.h"

namespace trunkline::net {
namespace {

using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

// Tells what it was asked: "PUT /a?b 5:hello".
aw<Response> Echo(Request request) {
  Response response;
  response.body = request.method + " " + request.target + " " +
                  std::to_string(request.body.size()) + ":" + request.body.substr(0, 100);
  co_return response;
}

std::string Ok(const std::string& body) {
  return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

constexpr std::string_view kGet = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n";

TEST(Server, AnswersManyRequestsOnOneConnection) {
  LiveServer server(Echo);
  RawConnection caller(server.port());

  for (int i = 0; i < 3; ++i) {
    caller.Send("PUT /a?b=1 HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello");
    EXPECT_EQ(caller.Receive(), Ok("PUT /a?b=1 5:hello"));
  }
}

TEST(Server, AnswersRequestsSentTogetherInTheirOrder) {
  LiveServer server(Echo);
  RawConnection caller(server.port());

  caller.Send(
      "POST /1 HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\none"
      "GET /2 HTTP/1.1\r\nHost: x\r\n\r\n"
      "GET /3 HTTP/1.1\r\nHost: x\r\n\r\n");

  EXPECT_EQ(caller.Receive(), Ok("POST /1 3:one"));
  EXPECT_EQ(caller.Receive(), Ok("GET /2 0:"));
  EXPECT_EQ(caller.Receive(), Ok("GET /3 0:"));
}

TEST(Server, TakesRequestsByteByByte) {
  LiveServer server(Echo);
  RawConnection caller(server.port());

  for (const char c :
       std::string_view("\r\nPUT /a HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi")) {
    caller.Send(std::string_view(&c, 1));
  }

  EXPECT_EQ(caller.Receive(), Ok("PUT /a 2:hi"));
}

TEST(Server, JoinsChunksAndIgnoresTrailers) {
  LiveServer server([](Request request) -> aw<Response> {
    Response response;
    response.body = request.body + (request.headers.Has("X-Late") ? " with trailer" : "");
    co_return response;
  });
  RawConnection caller(server.port());

  caller.Send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
  caller.Send("5;name=value\r\nhello\r\n");
  caller.Send("7\r\n, world\r\n0\r\nX-Late: 1\r\n\r\n");

  EXPECT_EQ(caller.Receive(), Ok("hello, world"));
  caller.Send(kGet);
  EXPECT_EQ(caller.Receive(), Ok(""));
}

TEST(Server, TellsACallerWhoWaitsToSendItsBody) {
  LiveServer server(Echo);
  RawConnection caller(server.port());

  caller.Send("PUT /a HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(caller.ReceiveHead(), "HTTP/1.1 100 Continue\r\n\r\n");
  caller.Send("hi");

  EXPECT_EQ(caller.Receive(), Ok("PUT /a 2:hi"));
}

// The AWS CLI does so for empty objects.
TEST(Server, TellsACallerWhoWaitsAndHasNoBodyToSend) {
  LiveServer server(Echo);
  RawConnection caller(server.port());

  caller.Send("PUT /a HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nExpect: 100-continue\r\n\r\n");

  EXPECT_EQ(caller.ReceiveHead(), "HTTP/1.1 100 Continue\r\n\r\n");
  EXPECT_EQ(caller.Receive(), Ok("PUT /a 0:"));
}

TEST(Server, AnswersHeadWithTheLengthButWithoutTheBody) {
  LiveServer server([](Request request) -> aw<Response> {
    Response response;
    if (request.path() == "/object") response.headers.Set("Content-Length", "1234567");
    if (request.path() == "/text") response.body = "text";
    co_return response;
  });
  RawConnection caller(server.port());

  caller.Send("HEAD /object HTTP/1.1\r\nHost: x\r\n\r\nHEAD /text HTTP/1.1\r\nHost: x\r\n\r\n");

  EXPECT_EQ(caller.ReceiveHead(), "HTTP/1.1 200 OK\r\nContent-Length: 1234567\r\n\r\n");
  EXPECT_EQ(caller.ReceiveHead(), "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n");
}

TEST(Server, AnAnswerWithoutContentHasNoLength) {
  LiveServer server([](Request) -> aw<Response> {
    Response response;
    response.status = 204;
    response.headers.Add("x-amz-id", "1");
    co_return response;
  });
  RawConnection caller(server.port());

  caller.Send(kGet);

  EXPECT_EQ(caller.ReceiveHead(), "HTTP/1.1 204 No Content\r\nx-amz-id: 1\r\n\r\n");
}

TEST(Server, WhatAHandlerEchoesCannotAddAHeader) {
  LiveServer server([](Request) -> aw<Response> {
    Response response;
    response.headers.Add("x-echo", "a\r\nSet-Cookie: evil");
    co_return response;
  });
  RawConnection caller(server.port());

  caller.Send(kGet);

  EXPECT_THAT(caller.Receive(), HasSubstr("x-echo: a  Set-Cookie: evil\r\n"));
}

TEST(Server, ClosesWhenTheCallerOrTheHandlerWantsIt) {
  LiveServer server([](Request request) -> aw<Response> {
    Response response;
    if (request.path() == "/close") response.headers.Set("Connection", "close");
    co_return response;
  });
  const std::string closing = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
  RawConnection wish(server.port());
  RawConnection handler(server.port());
  RawConnection old(server.port());
  RawConnection old_but_keeping(server.port());

  wish.Send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  handler.Send("GET /close HTTP/1.1\r\nHost: x\r\n\r\n");
  old.Send("GET / HTTP/1.0\r\n\r\n");
  old_but_keeping.Send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");

  EXPECT_EQ(wish.ReceiveRest(), closing);
  EXPECT_EQ(handler.ReceiveRest(), closing);
  EXPECT_EQ(old.ReceiveRest(), closing);
  EXPECT_EQ(old_but_keeping.Receive(),
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: keep-alive\r\n\r\n");
}

TEST(Server, SendsAPartOfAFileFromDisk) {
  const tests::TemporaryFolder folder;
  const std::string path = folder.path() + "/object";
  const std::string bytes = std::string(700'000, 'a') + std::string(700'000, 'b');
  ASSERT_TRUE(DiskFiles().Write(path, bytes).ok());
  LiveServer server([path](Request request) -> aw<Response> {
    Response response;
    response.file = FileBody{
        .path = path, .offset = 699'998, .length = request.path() == "/part" ? 4U : 700'002U};
    co_return response;
  });
  RawConnection caller(server.port());

  caller.Send("GET /part HTTP/1.1\r\nHost: x\r\n\r\nGET /rest HTTP/1.1\r\nHost: x\r\n\r\n");

  EXPECT_EQ(caller.Receive(), Ok("aabb"));
  EXPECT_EQ(caller.Receive(), Ok(bytes.substr(699'998)));
}

TEST(Server, AFileThatIsGoneIsAnInternalFailureAndOneTooShortIsCutOff) {
  const tests::TemporaryFolder folder;
  const std::string path = folder.path() + "/object";
  ASSERT_TRUE(DiskFiles().Write(path, "1234").ok());
  LiveServer server([path](Request request) -> aw<Response> {
    Response response;
    response.file = FileBody{.path = path + std::string(request.path() == "/gone" ? ".gone" : ""),
                             .length = 10};
    co_return response;
  });
  RawConnection gone(server.port());
  RawConnection cut(server.port());

  gone.Send("GET /gone HTTP/1.1\r\nHost: x\r\n\r\n");
  cut.Send("GET /short HTTP/1.1\r\nHost: x\r\n\r\n");

  EXPECT_THAT(gone.Receive(), StartsWith("HTTP/1.1 500 Internal Server Error\r\n"));
  EXPECT_EQ(cut.ReceiveRest(), "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n1234");
  EXPECT_THAT(server.log(), ElementsAre("cannot send '" + path +
                                            ".gone' as answer to 'GET /gone': no such file or "
                                            "directory",
                                        "'" + path +
                                            "' ended 6 bytes early while it was sent as answer to "
                                            "'GET /short'"));
}

TEST(Server, AHandlersExceptionIsAnInternalFailureAndALineInTheLog) {
  LiveServer server([](Request request) -> aw<Response> {
    if (request.path() == "/bug") throw std::logic_error("the table has no row");
    return Echo(std::move(request));
  });
  RawConnection caller(server.port());

  caller.Send("GET /bug?secret=1 HTTP/1.1\r\nHost: x\r\n\r\n");

  EXPECT_EQ(
      caller.Receive(),
      "HTTP/1.1 500 Internal Server Error\r\nContent-Type: application/json\r\n"
      "x-amzn-ErrorType: InternalFailure\r\nContent-Length: 102\r\n\r\n"
      R"({"__type":"InternalFailure","message":"the request ended with an internal failure; the log says more"})");
  EXPECT_THAT(server.log(),
              ElementsAre("'GET /bug' ended with an exception: the table has no row"));
  caller.Send(kGet);
  EXPECT_EQ(caller.Receive(), Ok("GET /a 0:"));
}

struct Malformed {
  std::string request;
  std::string status;
  std::string message;
};

class MalformedRequest : public testing::TestWithParam<Malformed> {};

TEST_P(MalformedRequest, IsRefusedAndTheConnectionClosed) {
  LiveServer server(Echo);
  RawConnection caller(server.port());

  caller.Send(GetParam().request);

  const std::string answer = caller.ReceiveRest();
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 " + GetParam().status + "\r\n"));
  EXPECT_THAT(answer, HasSubstr("\r\nConnection: close\r\n"));
  EXPECT_THAT(answer, EndsWith("\"message\":\"" + GetParam().message + "\"}"));
}

INSTANTIATE_TEST_SUITE_P(
    Server, MalformedRequest,
    testing::Values(
        Malformed{"hello\r\n\r\n", "400 Bad Request", "expected an HTTP/1.1 message: bad method"},
        Malformed{"GET / HTTP/2.0\r\n\r\n", "400 Bad Request",
                  "expected an HTTP/1.1 message: bad version"},
        Malformed{"GET a HTTP/1.1\r\nHost: x\r\n\r\n", "400 Bad Request",
                  "expected a path as request target but got 'a'"},
        Malformed{"GET / HTTP/1.1\r\n\r\n", "400 Bad Request", "expected a 'Host' header"},
        Malformed{"GET / HTTP/1.1\r\nHost : x\r\n\r\n", "400 Bad Request",
                  "expected an HTTP/1.1 message: bad field"},
        Malformed{"GET / HTTP/1.1\r\nHost: x\r\nExpect: wonders\r\n\r\n", "417 Expectation Failed",
                  "expected 'Expect: 100-continue' but got 'Expect: wonders'"},
        Malformed{"PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", "400 Bad Request",
                  "expected an HTTP/1.1 message: bad Content-Length"},
        Malformed{"PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
                  "400 Bad Request", "expected an HTTP/1.1 message: multiple Content-Length"},
        Malformed{
            "PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
            "400 Bad Request", "expected an HTTP/1.1 message: bad Transfer-Encoding"},
        Malformed{"PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n",
                  "501 Not Implemented",
                  "expected 'Transfer-Encoding: chunked' and no other coding"},
        Malformed{"PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
                  "400 Bad Request", "expected an HTTP/1.1 message: bad chunk"}));

TEST(Server, ABodyOverTheLimitIsRefusedBeforeItIsSent) {
  LiveServer server({.max_body = 10}, Echo);
  RawConnection announced(server.port());
  RawConnection chunked(server.port());
  RawConnection fits(server.port());

  announced.Send("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\nExpect: 100-continue\r\n\r\n");
  chunked.Send(
      "PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: "
      "chunked\r\n\r\n6\r\n123456\r\n6\r\n123456\r\n");
  fits.Send("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n1234567890");

  EXPECT_THAT(announced.ReceiveRest(), StartsWith("HTTP/1.1 413 Content Too Large\r\n"));
  EXPECT_THAT(chunked.ReceiveRest(), EndsWith("\"message\":\"the body is larger than 10 bytes\"}"));
  EXPECT_EQ(fits.Receive(), Ok("PUT / 10:1234567890"));
}

TEST(Server, AHeaderOverTheLimitIsRefusedHoweverItComes) {
  LiveServer server({.max_header = 1000}, Echo);
  RawConnection at_once(server.port());
  RawConnection line_by_line(server.port());

  at_once.Send("GET / HTTP/1.1\r\nHost: x\r\nA: " + std::string(2000, 'a') + "\r\n\r\n");
  line_by_line.Send("GET / HTTP/1.1\r\nHost: x\r\n");
  for (int i = 0; i < 200; ++i) {
    if (!line_by_line.Send("Name-of-header: value\r\n")) break;
  }

  const std::string refusal = "HTTP/1.1 431 Request Header Fields Too Large\r\n";
  EXPECT_THAT(at_once.ReceiveRest(), StartsWith(refusal));
  EXPECT_THAT(line_by_line.ReceiveRest(), StartsWith(refusal));
}

TEST(Server, AClaimedLengthTakesNoMemory) {
  LiveServer server({.max_body = 1ULL << 50U}, Echo);
  RawConnection caller(server.port());
  RawConnection other(server.port());

  // More than any machine has: reserving it would throw.
  caller.Send("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 1125899906842624\r\n\r\nhi");
  other.Send(kGet);

  EXPECT_EQ(other.Receive(), Ok("GET /a 0:"));
  EXPECT_THAT(server.log(), IsEmpty());
}

TEST(Server, ALargeBodyArrivesWhole) {
  LiveServer server([](Request request) -> aw<Response> {
    Response response;
    response.body = std::move(request.body);
    co_return response;
  });
  RawConnection caller(server.port());
  std::string body;
  for (int i = 0; i < 400'000; ++i) body += std::to_string(i);

  caller.Send("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(body.size()) +
              "\r\n\r\n" + body);

  EXPECT_EQ(caller.Receive(), Ok(body));
}

TEST(Server, ConnectionsOverTheLimitAreTurnedAway) {
  LiveServer server({.max_connections = 1}, Echo);
  RawConnection first(server.port());
  first.Send(kGet);
  EXPECT_EQ(first.Receive(), Ok("GET /a 0:"));

  RawConnection second(server.port());

  EXPECT_THAT(second.ReceiveRest(), StartsWith("HTTP/1.1 503 Service Unavailable\r\n"));
  first.Send(kGet);
  EXPECT_EQ(first.Receive(), Ok("GET /a 0:"));
}

TEST(Server, AConnectionThatSaysNothingIsClosed) {
  LiveServer server({.idle = std::chrono::seconds(10)}, Echo);
  RawConnection silent(server.port());
  RawConnection halfway(server.port());
  halfway.Send("GET / HTTP/1.1\r\n");
  RawConnection active(server.port());
  active.Send(kGet);
  EXPECT_EQ(active.Receive(), Ok("GET /a 0:"));

  server.PassSeconds(9);
  active.Send(kGet);
  EXPECT_EQ(active.Receive(), Ok("GET /a 0:"));
  server.PassSeconds(5);

  EXPECT_EQ(silent.ReceiveRest(), "");
  EXPECT_EQ(halfway.ReceiveRest(), "");
  active.Send(kGet);
  EXPECT_EQ(active.Receive(), Ok("GET /a 0:"));
}

TEST(Server, ABodyThatTricklesIsCutOff) {
  LiveServer server({.idle = std::chrono::seconds(3)}, Echo);
  RawConnection slow(server.port());
  slow.Send("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n");

  // A byte a second is progress, but not enough of it.
  for (int i = 0; i < 10; ++i) {
    slow.Send("x");
    server.PassSeconds(1);
  }

  EXPECT_EQ(slow.ReceiveRest(), "");
}

TEST(Server, ACallerWhoDoesNotReadIsCutOff) {
  LiveServer server({.idle = std::chrono::seconds(3)}, [](Request) -> aw<Response> {
    Response response;
    response.body.assign(30U << 20U, 'x');
    co_return response;
  });
  RawConnection deaf(server.port());
  deaf.Send(kGet);
  deaf.ReceiveHead();

  server.PassSeconds(3 + (30 << 20) / (16 << 10) + 1);

  EXPECT_LT(deaf.ReceiveRest().size(), 30U << 20U);
}

// Holds its requests until the test lets them go.
class Gate {
 public:
  Handler handler() {
    return [this](Request) -> aw<Response> {
      entered_.set_value();
      co_await timers_.Wait(Milliseconds(1));
      Response response;
      response.body = "done";
      co_return response;
    };
  }
  explicit Gate(LoopThread& thread) : thread_(thread), timers_(thread.loop()) {}
  void WaitUntilEntered() { entered_.get_future().wait(); }
  void Open() {
    thread_.Do([this] { timers_.Advance(Milliseconds(1)); });
  }

 private:
  LoopThread& thread_;
  ManualTimers timers_;
  std::promise<void> entered_;
};

TEST(Server, StoppingAnswersWhatIsUnderWayAndClosesTheRest) {
  LoopThread thread;
  Gate gate(thread);
  MemoryLog log;
  auto server =
      thread.Do([&] { return Server::Listen(thread.loop(), {}, gate.handler(), log).value(); });
  RawConnection under_way(server->port());
  RawConnection waiting(server->port());
  under_way.Send(kGet);
  gate.WaitUntilEntered();

  thread.Do([&] { server->Stop(); });
  EXPECT_EQ(waiting.ReceiveRest(), "");
  gate.Open();

  EXPECT_EQ(under_way.ReceiveRest(),
            "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\ndone");
  thread.Do([] {});
}

TEST(Server, TheLoopEndsWhenAServerHasStopped) {
  Loop loop;
  MemoryLog log;
  auto server = Server::Listen(loop, {}, Echo, log).value();
  loop.poll();

  server->Stop();

  loop.restart();
  EXPECT_GT(loop.run_for(std::chrono::seconds(10)), 0U);
  EXPECT_TRUE(loop.stopped());
}

TEST(Server, APortInUseIsAConflictThatNamesTheWayOut) {
  Loop loop;
  MemoryLog log;
  const auto first = Server::Listen(loop, {}, Echo, log).value();

  const auto second = Server::Listen(loop, {.port = first->port()}, Echo, log);

  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.error().kind(), ErrorKind::kConflict);
  EXPECT_EQ(second.error().message(),
            "port " + std::to_string(first->port()) +
                " on 127.0.0.1 is in use; choose another with --port, or --port 0 for a "
                "free one");
}

TEST(Server, AnAddressThatIsNoneIsNamed) {
  Loop loop;
  MemoryLog log;

  EXPECT_EQ(Server::Listen(loop, {.address = "localhost"}, Echo, log).error().message(),
            "expected an IP address to listen on but got 'localhost'");
  EXPECT_THAT(
      Server::Listen(loop, {.address = "203.0.113.1", .port = 80}, Echo, log).error().message(),
      StartsWith("cannot listen on port 80 of 203.0.113.1: "));
}

TEST(Server, KnowsItsCaller) {
  LiveServer server([](Request request) -> aw<Response> {
    Response response;
    response.body = request.peer;
    co_return response;
  });
  RawConnection caller(server.port());

  caller.Send("GET http://elsewhere/path HTTP/1.1\r\nHost: x\r\n\r\n");

  EXPECT_EQ(caller.Receive(), Ok("127.0.0.1"));
}

}  // namespace
}  // namespace trunkline::net
