-- MySQL dump 10.19; the way mysqldump writes: no names of columns, one INSERT for many rows
/*!40101 SET NAMES utf8mb4 */;
DROP TABLE IF EXISTS `nv4_counter`;
CREATE TABLE `nv4_counter` (
  `c_type` varchar(100) COLLATE utf8mb4_unicode_ci NOT NULL,
  `c_val` varchar(100) COLLATE utf8mb4_unicode_ci NOT NULL,
  `last_update` int(11) NOT NULL DEFAULT 0,
  `c_count` int(11) unsigned NOT NULL DEFAULT 0,
  `vi_count` int(11) unsigned NOT NULL DEFAULT 0,
  UNIQUE KEY `c_type` (`c_type`,`c_val`)
) ENGINE=MyISAM DEFAULT CHARSET=utf8mb4;
LOCK TABLES `nv4_counter` WRITE;
INSERT INTO `nv4_counter` VALUES ('c_time','start',0,0,0),('total','hits',1764460800,2743755,2743755),('year','2026',0,5,5);
CREATE TABLE `nv4_vi_blog_cat` (`catid` smallint(5) NOT NULL, `alias` varchar(250) NOT NULL, PRIMARY KEY (`catid`));
INSERT INTO `nv4_vi_blog_cat` VALUES (2,'not-this-one');
CREATE TABLE `nv4_vi_news_1` (`id` int(11) NOT NULL, `hitstotal` mediumint(8) DEFAULT 0);
INSERT INTO `nv4_vi_news_1` VALUES (7,999);
CREATE TABLE `nv4_vi_news_cat` (`catid` smallint(5) NOT NULL, `title` varchar(250), `alias` varchar(250) NOT NULL, PRIMARY KEY (`catid`));
INSERT INTO `nv4_vi_news_cat` VALUES (1,'Trong tỉnh','trong-tinh'),(2,'It''s \'quoted\'; INSERT INTO x','nong-thon');
-- and the way phpMyAdmin does
INSERT INTO `nv4_vi_news_rows` (`id`, `catid`, `title`, `alias`, `hometext`, `hitstotal`, `total_rating`, `click_rating`) VALUES
(7, 1, 'Chợ phiên (mới)', 'cho-phien', 'a; b, ''c'' -- d', 440, 1804, 423),
(8, 2, 'Gạo nếp', 'gao-nep', NULL, 0, 0, 0);
