//! Documents shown block by block.

use assize::document::{BlockKind, Document};

/// The blocks of a document, one a line: `1# heading`, `p paragraph`, `0.0 [2] item` (list, depth, number), `| row |` (`‖` for
/// column heads), `> quotation`, `c caption`; `>` before it for each heading that it stands under is left to `section_of`.
pub(crate) fn blocks(document: &Document) -> Vec<String> {
    document
        .blocks
        .iter()
        .flat_map(|block| {
            let text = document.text_of(block.span).replace('\n', "/");
            match &block.kind {
                BlockKind::Heading { level } => vec![format!("{level}# {text}")],
                BlockKind::Paragraph => vec![format!("p {text}")],
                BlockKind::ListItem(item) => vec![format!(
                    "{}.{} [{}] {text}",
                    item.list, item.depth, item.number
                )],
                BlockKind::Quotation => vec![format!("> {text}")],
                BlockKind::Caption => vec![format!("c {text}")],
                BlockKind::Table(table) => table
                    .rows
                    .iter()
                    .map(|row| {
                        let cells: Vec<&str> = row
                            .cells
                            .iter()
                            .map(|&cell| document.text_of(cell))
                            .collect();
                        let edge = if row.head { "‖" } else { "|" };
                        format!("{edge} {} {edge}", cells.join(" | "))
                    })
                    .collect(),
            }
        })
        .collect()
}
