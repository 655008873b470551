// Judges a directory of C2SP tiles with Go's own packages for transparency logs, golang.org/x/mod/sumdb/tlog and note,
// which share nothing with this project.
//
//	log_judge DIRECTORY VKEY CHECKPOINT...
//
// The checkpoints are files, of one log, from small to large. Each must be signed by VKEY; every entry below the
// largest must be included in it, by its own proof over authenticated tiles; each must be a prefix of the next.
// Exit status 0 and one line that begins with "judged" when all holds, else 1 and what does not.
package main

import (
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const tileHeight = 8

// directory reads tiles of a log as files. Go's package writes the tile height into its paths, C2SP does not.
type directory string

func (d directory) Height() int { return tileHeight }

func (d directory) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var out [][]byte
	for _, tile := range tiles {
		path := strings.Replace(tile.Path(), fmt.Sprintf("tile/%d/", tileHeight), "tile/", 1)
		data, err := os.ReadFile(filepath.Join(string(d), filepath.FromSlash(path)))
		if err != nil {
			return nil, err
		}
		out = append(out, data)
	}
	return out, nil
}

func (d directory) SaveTiles([]tlog.Tile, [][]byte) {}

// bundle reads the entries [256 n, 256 n + width).
func (d directory) bundle(n int64, width int) ([][]byte, error) {
	tile := tlog.Tile{H: tileHeight, L: 0, N: n, W: width}
	path := strings.Replace(tile.Path(), fmt.Sprintf("tile/%d/0/", tileHeight), "tile/entries/", 1)
	data, err := os.ReadFile(filepath.Join(string(d), filepath.FromSlash(path)))
	if err != nil {
		return nil, err
	}
	var out [][]byte
	for len(data) >= 2 {
		size := int(binary.BigEndian.Uint16(data))
		if len(data) < 2+size {
			break
		}
		out = append(out, data[2:2+size])
		data = data[2+size:]
	}
	if len(out) != width || len(data) != 0 {
		return nil, fmt.Errorf("%s: %d entries and %d bytes over, want %d entries", path, len(out), len(data), width)
	}
	return out, nil
}

// remembered keeps the hashes that tlog has authenticated, since the proofs of neighbours share nearly all of them.
type remembered struct {
	from   tlog.HashReader
	hashes map[int64]tlog.Hash
}

func (r *remembered) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	var missing []int64
	for _, index := range indexes {
		if _, ok := r.hashes[index]; !ok {
			missing = append(missing, index)
		}
	}
	if len(missing) > 0 {
		got, err := r.from.ReadHashes(missing)
		if err != nil {
			return nil, err
		}
		for i, index := range missing {
			r.hashes[index] = got[i]
		}
	}
	out := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		out[i] = r.hashes[index]
	}
	return out, nil
}

// prefetch reads all nodes over the leaves [begin, end) that lie within one tile.
func (r *remembered) prefetch(begin, end int64) error {
	var indexes []int64
	for level := 0; level < tileHeight; level++ {
		for n := begin >> uint(level); n < end>>uint(level); n++ {
			indexes = append(indexes, tlog.StoredHashIndex(level, n))
		}
	}
	_, err := r.ReadHashes(indexes)
	return err
}

func openCheckpoint(path string, key note.Verifier) (tlog.Tree, error) {
	var tree tlog.Tree
	data, err := os.ReadFile(path)
	if err != nil {
		return tree, err
	}
	opened, err := note.Open(data, note.VerifierList(key))
	if err != nil {
		return tree, fmt.Errorf("%s: %v", path, err)
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != key.Name() {
		return tree, fmt.Errorf("%s: not a plain checkpoint of %s", path, key.Name())
	}
	if _, err := fmt.Sscanf(lines[1], "%d", &tree.N); err != nil {
		return tree, fmt.Errorf("%s: %v", path, err)
	}
	tree.Hash, err = tlog.ParseHash(lines[2])
	return tree, err
}

func judgeInclusion(d directory, tree tlog.Tree, hashes *remembered) error {
	for begin := int64(0); begin < tree.N; begin += 256 {
		end := begin + 256
		if end > tree.N {
			end = tree.N
		}
		entries, err := d.bundle(begin/256, int(end-begin))
		if err != nil {
			return err
		}
		if err := hashes.prefetch(begin, end); err != nil {
			return err
		}
		for i, entry := range entries {
			index := begin + int64(i)
			proof, err := tlog.ProveRecord(tree.N, index, hashes)
			if err != nil {
				return fmt.Errorf("entry %d: %v", index, err)
			}
			if err := tlog.CheckRecord(proof, tree.N, tree.Hash, index, tlog.RecordHash(entry)); err != nil {
				return fmt.Errorf("entry %d: %v", index, err)
			}
		}
	}
	return nil
}

func judge(dir string, vkey string, checkpoints []string) error {
	key, err := note.NewVerifier(vkey)
	if err != nil {
		return err
	}
	var trees []tlog.Tree
	for _, path := range checkpoints {
		tree, err := openCheckpoint(path, key)
		if err != nil {
			return err
		}
		trees = append(trees, tree)
	}
	last := trees[len(trees)-1]
	d := directory(dir)
	hashes := &remembered{tlog.TileHashReader(last, d), map[int64]tlog.Hash{}}
	if err := judgeInclusion(d, last, hashes); err != nil {
		return err
	}
	for i := 1; i < len(trees); i++ {
		older, newer := trees[i-1], trees[i]
		proof, err := tlog.ProveTree(newer.N, older.N, hashes)
		if err == nil {
			err = tlog.CheckTree(proof, newer.N, newer.Hash, older.N, older.Hash)
		}
		if err != nil {
			return fmt.Errorf("from size %d to %d: %v", older.N, newer.N, err)
		}
	}
	fmt.Printf("judged: %d signatures, %d entries included, %d steps consistent\n", len(trees), last.N, len(trees)-1)
	return nil
}

func main() {
	if len(os.Args) < 4 {
		fmt.Fprintln(os.Stderr, "usage: log_judge DIRECTORY VKEY CHECKPOINT...")
		os.Exit(2)
	}
	if err := judge(os.Args[1], os.Args[2], os.Args[3:]); err != nil {
		fmt.Fprintln(os.Stderr, "log_judge:", err)
		os.Exit(1)
	}
}
