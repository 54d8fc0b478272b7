"""What a letter says of itself (Nghị định 30/2020/NĐ-CP)."""
