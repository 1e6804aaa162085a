// SPDX-License-Identifier: Apache-2.0
//
// Who may include whom. The table is the design's; a line of code knows its room.
#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/lint/tree.h"

namespace vigil::lint {
namespace {

struct Rule {
  std::string folder;                // the longest matching folder rules
  std::vector<std::string> allowed;  // prefixes of include targets
  std::vector<std::string> denied;   // exceptions to `allowed`
};

const std::vector<Rule>& rules() {
  static const std::vector<Rule> kRules = {
      {"core/base/", {"core/base/"}, {}},
      {"core/crypto/", {"core/base/", "core/crypto/"}, {}},
      {"core/log/", {"core/base/", "core/crypto/", "core/log/"}, {}},
      {"core/bundle/",
       {"core/base/", "core/crypto/", "core/bundle/"},
       {"core/bundle/open/", "core/bundle/seal/"}},
      {"core/bundle/seal/", {"core/base/", "core/crypto/", "core/bundle/"}, {"core/bundle/open/"}},
      {"core/bundle/open/", {"core/base/", "core/crypto/", "core/bundle/"}, {"core/bundle/seal/"}},
      {"core/trust/",
       {"core/base/", "core/crypto/", "core/bundle/", "core/log/", "core/trust/"},
       {"core/bundle/open/", "core/bundle/seal/"}},
      {"core/vault/", {"core/"}, {"core/trust/"}},
      {"forms/", {"forms/", "core/base/"}, {}},
      {"forms/tree/", {"forms/tree/", "core/base/"}, {}},
      {"forms/expression/", {"forms/expression/", "forms/tree/", "core/base/"}, {}},
      {"forms/xlsform/", {"forms/xlsform/", "forms/expression/", "forms/tree/", "core/base/"}, {}},
      {"forms/xform/", {"forms/xform/", "forms/expression/", "forms/tree/", "core/base/"}, {}},
      {"sync/", {"sync/", "core/"}, {"sync/hub/", "core/vault/", "core/bundle/open/"}},
      {"sync/hub/",
       {"sync/hub/", "sync/protocol/", "core/"},
       {"core/vault/", "core/bundle/open/", "core/bundle/seal/"}},
      {"sync/protocol/", {"sync/protocol/", "core/base/", "core/crypto/"}, {}},
      {"platform/", {"platform/", "core/base/", "core/crypto/"}, {}},
      {"app/visit/",
       {"app/visit/", "forms/", "sync/", "core/"},
       {"sync/hub/", "core/bundle/open/"}},
      {"app/words/", {"app/words/", "core/base/", "platform/"}, {}},
      {"app/ui/",
       {"app/ui/", "app/words/", "core/base/", "core/crypto/secret_bytes.h", "platform/"},
       {}},
      {"app/tablet/",
       {"app/tablet/", "app/ui/", "app/words/", "app/visit/", "forms/", "sync/", "core/",
        "platform/"},
       {"sync/hub/", "core/bundle/open/"}},
      {"app/office/", {"app/", "forms/", "sync/", "core/", "platform/"}, {"sync/hub/"}},
      {"app/hub/",
       {"app/hub/", "sync/hub/", "core/", "platform/"},
       {"core/vault/", "core/bundle/open/", "core/bundle/seal/"}},
      {"app/verify/",
       {"app/verify/", "core/", "platform/"},
       {"core/vault/", "core/bundle/open/", "core/bundle/seal/"}},
      {"app/ctl/",
       {"app/ctl/", "app/visit/", "app/office/", "app/words/", "forms/", "sync/", "core/",
        "platform/"},
       {"sync/hub/"}},
  };
  return kRules;
}

bool starts_with_any(const std::string& text, const std::vector<std::string>& prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [&](const std::string& prefix) { return text.starts_with(prefix); });
}

const Rule* rule_for(const std::string& path) {
  const Rule* best = nullptr;
  for (const Rule& rule : rules()) {
    if (path.starts_with(rule.folder) && (!best || rule.folder.size() > best->folder.size()))
      best = &rule;
  }
  return best;
}

TEST(IncludeRule, EveryIncludeGoesWhereTheTableAllows) {
  std::size_t seen = 0;
  for (const SourceFile& file : read_tree({".h", ".cpp"})) {
    if (file.path.starts_with("tests/")) continue;
    const Rule* rule = rule_for(file.path);
    ASSERT_NE(rule, nullptr) << file.path << " is in a folder that the table does not know";
    for (const Include& include : includes_of(file)) {
      ++seen;
      EXPECT_TRUE(starts_with_any(include.target, rule->allowed) &&
                  !starts_with_any(include.target, rule->denied))
          << file.path << ":" << include.line << ": " << rule->folder << " may not include "
          << include.target;
    }
  }
  EXPECT_GT(seen, 100U) << "the tree was not read";
}

TEST(IncludeRule, SqliteIsSpokenToByTheVaultOnly) {
  for (const SourceFile& file : read_tree({".h", ".cpp"})) {
    if (file.path.starts_with("core/vault/") || file.path.starts_with("tests/")) continue;
    for (const std::string& line : file.lines)
      EXPECT_TRUE(!line.starts_with("#include") || line.find("sqlite3.h") == std::string::npos)
          << file.path;
  }
}

TEST(IncludeRule, HeadersStayLight) {
  // Each of these costs seconds in every file that sees it, on two cores.
  const std::vector<std::string> heavy = {
      "<nlohmann/json.hpp>",   "<CLI/CLI.hpp>",  "<pugixml.hpp>",
      "<curl/curl.h>",         "<microhttpd.h>", "<sqlite3.h>",
      "<sqlcipher/sqlite3.h>", "<regex>",        "<iostream>"};
  for (const SourceFile& file : read_tree({".h"})) {
    if (file.path.starts_with("tests/")) continue;
    for (const std::string& line : file.lines) {
      if (!line.starts_with("#include <")) continue;
      EXPECT_FALSE(std::any_of(
          heavy.begin(), heavy.end(),
          [&](const std::string& name) { return line.find(name) != std::string::npos; }))
          << file.path << ": " << line;
    }
  }
}

}  // namespace
}  // namespace vigil::lint
