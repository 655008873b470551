#pragma once

#include <cstdint>
#include <vector>

#include "extract/class_table.h"
#include "html/html.h"

namespace gavah::extract {

/// What an element passes on to everything below it.
enum NodeSign : std::uint16_t {
  kSkipped = 1,    ///< navigation, forms, hidden, scripts: never words of the article
  kFurniture = 2,  ///< class words say furniture
  kInComments = 4,
  kInLink = 8,
  kInArticle = 16,  ///< <article>
  kInMain = 32,     ///< <main>, role=main
  kInAside = 64,
  kInHeader = 128,
  kInFigure = 256,
  kInSmallPrint = 512,  ///< byline, date
  kInEmbed = 1024,      ///< a post of another source
  kInPanel = 2048,      ///< in discussions: what is known of a writer, signatures, votes
  kWriterName = 4096,   ///< in discussions: who wrote a post
};

/// A maximal run of inline text: what a browser shows as one paragraph, heading, item or cell.
struct Block {
  html::NodeIndex first = 0;       ///< first text node
  html::NodeIndex past = 0;        ///< one past the last
  html::NodeIndex container = 0;   ///< nearest block element
  html::Tag tag = html::Tag::div;  ///< of the container, or of the p, li, td, h1… around it
  std::uint16_t signs = 0;
  std::uint32_t size = 0;    ///< characters without white space
  std::uint32_t linked = 0;  ///< of them in links
  std::uint32_t stops = 0;   ///< sentence ends and commas
};

/// A page cut into blocks, in document order.
struct PageBlocks {
  std::vector<std::uint16_t> signs;  ///< by node
  std::vector<Block> blocks;
  std::vector<html::NodeIndex> embeds;  ///< outermost elements that embed a post, in order
  std::vector<html::NodeIndex> bodies;  ///< elements whose class or itemprop says that they hold the article
  /// The first block at or after a node: blocks of a subtree are [first_block[index], first_block[past]).
  std::vector<std::uint32_t> first_block;
};

/// How far class words are trusted. discussion: comments are what the page is for, forms hold them; names of writers
/// count, panels with what is known of them, signatures and votes are no words.
enum class Trust { class_words, tags_only, discussion };

/// Linear. Nodes with furniture signs that hold more than half of the page's running text are taken for what they
/// are: the page's frame. `table` is the page's.
PageBlocks cut_blocks(const html::Document& page, const ClassTable& table, Trust trust);

}  // namespace gavah::extract
