#pragma once

#include <string_view>
#include <vector>

#include "html/character_reference.h"
#include "html/text_arena.h"
#include "html/token.h"

namespace gavah::html {

/// How what follows is read (section 13.2.5.1 to 13.2.5.5 and 13.2.5.69).
enum class Content : std::uint8_t { data, rcdata, rawtext, script, plaintext, cdata };

/// What "<![CDATA[" opens.
enum class Cdata : std::uint8_t { comment, section };

/// Cuts a page into tokens. Tags cost their bytes, text is searched sixteen bytes at a time; nothing is read twice but
/// what stands in raw text. Linear. The page and the arena outlive it. One thread.
class Tokenizer {
 public:
  /// A tag keeps this many attributes; what comes after them is read and left out.
  static constexpr std::size_t kAttributesPerTag = 512;

  /// `attributes` takes the attributes of start tags, each tag's behind those of the tags before; the caller may cut
  /// off those of a token it has no use for. Below 4 GiB.
  Tokenizer(std::string_view page, TextArena& arena, std::vector<Attribute>& attributes);

  /// The next token. Characters come in as many tokens as they have stretches; after the end come only ends.
  const Token& next();
  /// What follows is such content, up to the end tag that `last_start_tag` names.
  void enter(Content content) { enter(content, last_start_tag_); }
  void enter(Content content, std::string_view last_start_tag);
  /// Sections stand only where the current node is not HTML.
  void set_cdata(Cdata cdata) { cdata_ = cdata; }

 private:
  void read_data();
  void read_raw();
  bool read_markup();
  void give_copied(const char* past);
  void give_decoded(std::string_view text, std::size_t source_size);
  void give_line_end();
  bool read_declaration();
  void give_comment(const char* begin, const char* end, const char* past);
  void read_bogus_comment(const char* begin);
  void read_comment(const char* begin);
  void read_doctype(const char* begin);
  bool read_doctype_id(const char*& at, std::optional<std::string_view>& id);
  const char* read_doctype_ids(const char* at);
  bool read_tag(TokenKind kind, const char* name);
  const char* read_attribute(const char* at);
  const char* read_value(const char* at, Attribute& out);
  bool is_duplicate(std::string_view name);
  std::string_view cleaned_name(const char* begin, const char* end, unsigned letters);
  std::string_view decoded_value(std::string_view raw);
  std::string_view cleaned_text(std::string_view raw);
  std::uint32_t offset(const char* at) const { return static_cast<std::uint32_t>(at - begin_); }

  const char* begin_;
  const char* at_;
  const char* end_;
  const char* raw_end_ = nullptr;  ///< where raw content ends
  Content content_ = Content::data;
  Cdata cdata_ = Cdata::comment;
  TextArena& arena_;
  std::vector<Attribute>& attributes_;
  std::string_view last_start_tag_;
  Token token_;
  std::size_t kept_from_ = 0;  ///< first attribute of the tag being read
  /// Hashes of the names of a tag with many attributes: the slot holds the number of the tag and of the attribute.
  std::vector<std::uint64_t> name_slots_;
  std::uint32_t many_tags_ = 0;
};

}  // namespace gavah::html
