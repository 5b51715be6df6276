select {article_columns} from ingest.articles a where a.article_key = $1
