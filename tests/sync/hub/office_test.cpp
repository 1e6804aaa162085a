// SPDX-License-Identifier: Apache-2.0
//
// What only the office may ask, rosters both ways, and the log as static files.
#include "core/bundle/archive.h"
#include "core/log/tiles.h"
#include "tests/sync/hub/hub_scene.h"

namespace vigil::hub {
namespace {

using Serving = HubScene;

TEST_F(Serving, OnlyAnOfficeDeviceSeesTheList) {
  const auto first = seal(1);
  const auto second = seal(2, first.id);
  put(first);
  put(second);
  EXPECT_EQ(ask("GET", "/bundles").status, 401);
  EXPECT_EQ(ask("GET", "/bundles").headers.at("WWW-Authenticate"), "Vigil");
  const Response tablet = ask("GET", "/bundles", office_headers("/bundles", office.tablet));
  EXPECT_EQ(tablet.status, 403);
  EXPECT_EQ(code_of(tablet), "hub.role");
  const auto stranger = crypto::minisign::SecretKey::generate();
  EXPECT_EQ(ask("GET", "/bundles", office_headers("/bundles", stranger)).status, 403);

  const Response list = ask("GET", "/bundles", office_headers("/bundles", office.collector));
  ASSERT_EQ(list.status, 200);
  const auto json = parse_canonical_json(list.body, {.trailing_newline = true});
  ASSERT_TRUE(json.has_value()) << json.error().code;
  EXPECT_EQ(*json->find("log_size")->number(), 2);
  const Json::List& bundles = *json->find("bundles")->list();
  ASSERT_EQ(bundles.size(), 2U);
  EXPECT_EQ(*bundles[1].find("id")->string(), to_string(second.id));
  EXPECT_EQ(*bundles[1].find("sequence")->number(), 2);
  EXPECT_EQ(*bundles[1].find("size_bytes")->number(), static_cast<std::int64_t>(second.size_bytes));

  const std::string rest = "/bundles?after=0";
  const Response later = ask("GET", rest, office_headers(rest, office.collector));
  const auto later_json = parse_canonical_json(later.body, {.trailing_newline = true});
  ASSERT_EQ(later_json->find("bundles")->list()->size(), 1U);
  const std::string none = "/bundles?after=1";
  const Response end = ask("GET", none, office_headers(none, office.collector));
  EXPECT_TRUE(
      parse_canonical_json(end.body, {.trailing_newline = true})->find("bundles")->list()->empty());
}

TEST_F(Serving, AChallengeServesOneRequestOnceAndInTime) {
  const std::string target = "/bundles";
  Headers headers = office_headers(target, office.collector);
  EXPECT_EQ(ask("GET", target, headers).status, 200);
  EXPECT_EQ(ask("GET", target, headers).status, 401);  // used
  headers = office_headers("/bundles?after=0", office.collector);
  EXPECT_EQ(ask("GET", target, headers).status, 401);  // signed for another request
  headers = office_headers(target, office.collector, "PUT");
  EXPECT_EQ(ask("GET", target, headers).status, 401);  // signed for another method
  headers = office_headers(target, office.collector);
  clock.pass_ms(120'001);
  EXPECT_EQ(ask("GET", target, headers).status, 401);  // too old by the steady clock
  headers = office_headers(target, office.collector);
  clock.turn_to(0);  // the wall clock does not count
  clock.pass_ms(119'000);
  EXPECT_EQ(ask("GET", target, headers).status, 200);
  const std::string made_up(64, 'a');
  headers = {
      {"authorization", sync::authorization_header(office.collector, "GET", target, made_up)}};
  EXPECT_EQ(ask("GET", target, headers).status, 401);
}

TEST_F(Serving, ARevokedOfficeDeviceIsShutOut) {
  office.roster.devices[2].revoked_after_sequence = 0;
  office.roster.version = 2;
  ASSERT_EQ(ask("PUT", "/roster", {}, office.roster_archive()).status, 200);
  const Response reply = ask("GET", "/bundles", office_headers("/bundles", office.collector));
  EXPECT_EQ(reply.status, 403);
  EXPECT_EQ(code_of(reply), "hub.role");
}

TEST_F(Serving, MalformedAuthorizationIsAllAlike) {
  const std::string good = office_headers("/bundles", office.collector).at("authorization");
  const std::vector<std::string> table = {"",
                                          "Vigil ",
                                          "Basic abc",
                                          good + "x",
                                          good.substr(0, good.size() / 2),
                                          "Vigil key=, nonce=, signature=",
                                          "Vigil nonce=a, key=b, signature=c",
                                          std::string(10000, 'V')};
  for (const std::string& bad : table) {
    const Response reply = ask("GET", "/bundles", {{"authorization", bad}});
    EXPECT_EQ(reply.status, 401) << bad.substr(0, 40);
    EXPECT_EQ(code_of(reply), "hub.auth");
  }
  EXPECT_EQ(ask("GET", "/bundles", {{"authorization", good}}).status, 200);
}

TEST_F(Serving, ABundleComesByteForByteAndInParts) {
  const auto bundle = seal(1, {}, 5000);
  put(bundle);
  const std::string target = "/bundles/" + to_string(bundle.id);
  EXPECT_EQ(ask("GET", target).status, 401);
  const Response whole = ask("GET", target, office_headers(target, office.collector));
  EXPECT_EQ(whole.status, 200);
  EXPECT_EQ(to_bytes(body_of(whole)), bundle.bytes);
  const std::string size = std::to_string(bundle.size_bytes);
  const std::string last = std::to_string(bundle.size_bytes - 1);
  const std::string text(as_text(bundle.bytes));
  struct Part {
    std::string range;
    int status;
    std::string content_range;
    std::string body;
  };
  const std::vector<Part> parts = {
      {"bytes=0-0", 206, "bytes 0-0/" + size, text.substr(0, 1)},
      {"bytes=100-", 206, "bytes 100-" + last + "/" + size, text.substr(100)},
      {"bytes=-10", 206,
       "bytes " + std::to_string(bundle.size_bytes - 10) + "-" + last + "/" + size,
       text.substr(text.size() - 10)},
      {"bytes=5-99999999", 206, "bytes 5-" + last + "/" + size, text.substr(5)},
      {"bytes=" + size + "-", 416, "bytes */" + size, ""},
      {"bytes=9-3", 416, "bytes */" + size, ""},
      {"bytes=-0", 416, "bytes */" + size, ""},
      {"bytes=0-1,5-6", 416, "bytes */" + size, ""},
      {"lines=1-2", 416, "bytes */" + size, ""},
  };
  for (const Part& part : parts) {
    Headers headers = office_headers(target, office.collector);
    headers["range"] = part.range;
    const Response reply = ask("GET", target, headers);
    EXPECT_EQ(reply.status, part.status) << part.range;
    EXPECT_EQ(reply.headers.at("Content-Range"), part.content_range) << part.range;
    if (part.status == 206) {
      EXPECT_EQ(body_of(reply), part.body) << part.range;
    }
  }
}

TEST_F(Serving, TheLogIsReadFromStaticFiles) {
  bundle::BundleId previous;
  std::vector<Bytes> leaves;
  for (std::uint64_t sequence = 1; sequence <= 3; ++sequence) {
    const auto bundle = seal(sequence, previous);
    previous = bundle.id;
    put(bundle);
    leaves.push_back(bundle::log_entry(bundle.manifest_json, bundle.signature_file));
  }
  // A mirror made of nothing but what the hub serves.
  test::MemoryFiles mirror;
  const Response checkpoint = ask("GET", "/log/checkpoint");
  ASSERT_EQ(checkpoint.status, 200);
  mirror.put("log/checkpoint", as_bytes(body_of(checkpoint)));
  for (const int level : {-1, 0}) {
    const std::string path = log::tile_path(level, 0, 3);
    const Response tile = ask("GET", "/log/" + path);
    ASSERT_EQ(tile.status, 200) << path;
    mirror.put("log/" + path, as_bytes(body_of(tile)));
  }
  const auto verified = log::verify_checkpoint(body_of(checkpoint), office.roster.log, {}, 0);
  ASSERT_TRUE(verified.has_value());
  log::LogReader reader(mirror, "log");
  std::vector<Bytes> seen;
  const Status visited = reader.visit_entries(verified->checkpoint.size, verified->checkpoint.root,
                                              [&](std::uint64_t, ByteView entry) -> Status {
                                                seen.emplace_back(entry.begin(), entry.end());
                                                return {};
                                              });
  EXPECT_TRUE(visited.has_value());
  EXPECT_EQ(seen, leaves);
}

TEST_F(Serving, NothingButTheLogIsServedFromTheDisk) {
  put(seal(1));
  for (const std::string path :
       {"/log/", "/log/../log.key", "/log/tile/../../log.key", "/log/tile/0/../../../log.key",
        "/log/tile//0/000", "/log/tile/.hidden", "/log/tile/0/000/", "/log/tile", "/log/other",
        "/log.key", "/roster.json", "/", "", "/bundles/../log.key", "/bundlesx", "/health/x"}) {
    const Response reply = ask("GET", path);
    EXPECT_EQ(reply.status, 404) << path;
    EXPECT_FALSE(reply.file.has_value()) << path;
  }
}

TEST_F(Serving, ANewerRosterReplacesTheOlderAndNeverBack) {
  const Bytes first = office.roster_archive();
  EXPECT_EQ(ask("GET", "/roster").body, as_text(first));
  office.roster.version = 2;
  const Bytes second = office.roster_archive();
  EXPECT_EQ(ask("PUT", "/roster", {}, second).status, 200);
  EXPECT_EQ(ask("PUT", "/roster", {}, second).status, 200);  // the same again is fine
  const Response back = ask("PUT", "/roster", {}, first);
  EXPECT_EQ(back.status, 409);
  EXPECT_EQ(code_of(back), "roster.rollback");
  reopen();
  EXPECT_EQ(ask("GET", "/roster").body, as_text(second));
}

TEST_F(Serving, ARosterThatIsNotTheRootsIsRefused) {
  const Bytes before = office.roster_archive();
  test::TestOffice other;
  other.roster.version = 9;
  EXPECT_EQ(ask("PUT", "/roster", {}, other.roster_archive()).status, 422);
  EXPECT_GE(ask("PUT", "/roster", {}, as_bytes("not an archive")).status, 400);
  EXPECT_GE(ask("PUT", "/roster").status, 400);
  const auto extra = bundle::write_archive({{"roster.json", to_bytes("{}\n")}});
  EXPECT_EQ(code_of(ask("PUT", "/roster", {}, *extra)), "hub.roster");
  EXPECT_EQ(ask("PUT", "/roster", {}, Bytes(2 << 20)).status, 413);
  office.roster.version = 2;
  const auto stranger = log::SignerKey::generate("other.example/log", log::KeyType::kLog);
  office.roster.log = stranger.verifier();
  EXPECT_EQ(code_of(ask("PUT", "/roster", {}, office.roster_archive())), "hub.log_key");
  EXPECT_EQ(ask("GET", "/roster").body, as_text(before));
}

TEST_F(Serving, HealthTellsNothing) {
  EXPECT_EQ(ask("GET", "/health").body, "{\"status\":\"ok\"}\n");
  EXPECT_EQ(ask("POST", "/health").status, 405);
  EXPECT_EQ(ask("POST", "/challenge").status, 405);
  EXPECT_EQ(ask("DELETE", "/roster").status, 405);
  EXPECT_EQ(ask("PUT", "/bundles").status, 405);
  EXPECT_EQ(ask("PUT", "/log/checkpoint").status, 405);
}

}  // namespace
}  // namespace vigil::hub
